package io.afterlearner.optimizer;

/** Bodies of POST /v1/studies. */
final class SampleSpecs {
    private SampleSpecs() {}

    static String spec(String study, int budget, int parallelism) {
        return ("{'study':'%s','createdAtMillis':1,'aleph':[{'tensor':'w','shape':[3],'low':-1,'high':1,'initial':[0.0,0.0,0.0]}],"
                        + "'loss':{'type':'sphere'},'optimizer':{'budget':%d,'parallelism':%d}}")
                .formatted(study, budget, parallelism)
                .replace('\'', '"');
    }

    static String online(String study, String exploreShare) {
        return ("{'study':'%s','createdAtMillis':1,'aleph':[{'tensor':'w','low':-1,'high':1,'initial':[0.0]}],'optimizer':{'budget':9},"
                        + "'evaluation':{'timeoutMillis':600000,'pool':'online'},'online':{'unit':'USER','exploreShare':%s,"
                        + "'controlShare':0.1,'metric':{'name':'click','aggregate':'RATE','goal':'MAXIMIZE','low':0,'high':1},"
                        + "'windowMillis':1000,'exposures':9,'trustRegion':0.25,'confidence':0.95,'approval':false,'deadlineMillis':99001}}")
                .formatted(study, exploreShare)
                .replace('\'', '"');
    }

    static String later(String spec) {
        return spec.replace("\"createdAtMillis\":1", "\"createdAtMillis\":501").replace("99001", "99501");
    }
}
