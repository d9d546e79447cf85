package io.watchfloor.client.app;

import java.io.IOException;

/// Where the operating system keeps secrets of the person who is signed in to it, each by a name.
///
/// A call may take as long as a person takes to unlock the store, or never return; it is made on one thread at a time,
/// never on one that shows anything. What is kept is there for later processes once [#keep] has returned. A call that
/// fails says why in a sentence, and may have done its work or not.
interface SecretStore {

    /// @throws IOException where there is no such secret, or it is not given out
    String find(String name) throws IOException;

    /// Takes the place of what was kept by that name.
    void keep(String name, String secret) throws IOException;

    /// @throws IOException where it may still be there
    void forget(String name) throws IOException;
}
