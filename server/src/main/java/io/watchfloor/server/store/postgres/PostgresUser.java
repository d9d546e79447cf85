package io.watchfloor.server.store.postgres;

import io.watchfloor.server.store.StoreException;
import java.io.IOException;
import java.nio.file.Path;
import java.nio.file.attribute.UserPrincipal;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// As whom PostgreSQL's programs run. They refuse to run as root, so a root server runs them in a user name space of
/// their own, in which they are nobody and still own root's files; where the machine forbids that (containers), they run
/// as the real user `nobody`, to whom the database's files are given.
///
/// @param prefix put before each command
/// @param owner to whom the files must belong; null leaves them as they are
///
/// Immutable.
record PostgresUser(List<String> prefix, @Nullable String owner) {

    static final PostgresUser SAME = new PostgresUser(List.of(), null);
    static final PostgresUser NAME_SPACE = new PostgresUser(List.of("unshare", "--user", "--"), "root");
    static final PostgresUser NOBODY = new PostgresUser(
            List.of("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", "--"), "nobody");

    PostgresUser {
        prefix = List.copyOf(prefix);
    }

    /// The first that works for the user this server runs as.
    static PostgresUser ofThisProcess() throws IOException, InterruptedException {
        if (PostgresBinaries.isWindows() || !"root".equals(System.getProperty("user.name"))) {
            return SAME;
        }
        for (PostgresUser user : List.of(NAME_SPACE, NOBODY)) {
            if (user.canRun("true")) {
                return user;
            }
        }
        throw new StoreException(
                "PostgreSQL does not run as root, and neither unshare nor setpriv works here; start the "
                        + "server as an ordinary user, or name a database with --database-url.");
    }

    /// Makes the files of a directory fit for the programs.
    void take(Path directory) throws IOException {
        if (owner != null) {
            UserPrincipal principal = directory.getFileSystem().getUserPrincipalLookupService()
                    .lookupPrincipalByName(owner);
            Directories.give(directory, principal);
        }
    }

    /// @throws StoreException where the programs, as this user, could not reach their files
    void checkReach(PostgresBinaries binaries) throws IOException, InterruptedException {
        if (!canRun(binaries.program("postgres").toString(), "--version")) {
            throw new StoreException(("PostgreSQL cannot be run from %s%s; choose a --data-dir on a disk that allows "
                    + "programs, below directories that every user may enter, or start the server as an ordinary user.")
                    .formatted(binaries.home(), owner == null ? "" : " by the user " + owner));
        }
    }

    List<String> command(Path program, List<String> arguments) {
        List<String> command = new ArrayList<>(prefix);
        command.add(program.toString());
        command.addAll(arguments);
        return command;
    }

    private boolean canRun(String... command) throws IOException, InterruptedException {
        List<String> all = new ArrayList<>(prefix);
        all.addAll(List.of(command));
        try {
            Process process = new ProcessBuilder(all).redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
            process.getOutputStream().close();
            return process.waitFor() == 0;
        } catch (IOException e) {
            return false;
        }
    }
}
