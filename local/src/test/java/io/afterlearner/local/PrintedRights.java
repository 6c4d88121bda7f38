package io.afterlearner.local;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.afterlearner.embedded.SecuredBroker;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourceType;

/** What {@code topics acls --json} printed: the rights of each service. */
record PrintedRights(List<JsonNode> services) {
    private static final ObjectMapper JSON = new ObjectMapper();

    static PrintedRights of(String printed) throws IOException {
        List<JsonNode> services = new ArrayList<>();
        for (String line : printed.lines().toList()) {
            services.add(JSON.readTree(line));
        }
        return new PrintedRights(services);
    }

    /** Grants each printed principal exactly the rights of its service. */
    void grant(SecuredBroker broker) throws Exception {
        for (JsonNode service : services) {
            String user = service.get("principal").asText().substring("User:".length());
            for (JsonNode right : service.get("rights")) {
                broker.grant(
                        user,
                        AclOperation.valueOf(right.get("operation").asText()),
                        ResourceType.valueOf(right.get("resourceType").asText()),
                        right.get("resource").asText(),
                        PatternType.valueOf(right.get("patternType").asText()));
            }
        }
    }
}
