package io.watchfloor.server;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Map;

/// What a command line did, run in this process. Immutable.
record CommandRun(int code, String out, String err) {

    static CommandRun of(Map<String, String> environment, String... args) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int code = Main.run(args, environment, new PrintWriter(out, true), new PrintWriter(err, true));
        return new CommandRun(code, out.toString(), err.toString());
    }
}
