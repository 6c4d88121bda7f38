package io.afterlearner.k8s.checks;

import io.afterlearner.k8s.overlay.Check;
import io.afterlearner.k8s.overlay.Overlay;
import io.afterlearner.k8s.overlay.Pods;
import java.util.List;
import java.util.stream.Stream;

/** Network policies let pods reach nothing of this overlay that their settings do not name. */
final class Isolation implements Check {
    @Override
    public List<String> findings(Overlay overlay) {
        List<Peer> peers = Peer.of(overlay).toList();
        return overlay.pods()
                .flatMap(from -> peers.stream().flatMap(to -> findings(overlay, peers, from, to)))
                .toList();
    }

    private static Stream<String> findings(Overlay overlay, List<Peer> peers, Pods from, Peer to) {
        Peer sender = Reachability.peer(peers, from);
        return to.ports().values().stream()
                .filter(port -> Reachability.isAllowed(overlay, sender, to, port))
                .filter(port -> !Reachability.isMeant(overlay, peers, from, to, port))
                .map(port -> sender.name() + ": network policies let it reach port " + port + " of " + to.name()
                        + ", which its settings do not name");
    }
}
