package io.watchfloor.protocol.rest;

/// What a desktop tells of itself when somebody signs in on it. Immutable.
///
/// @param key 16 to 128 characters that the desktop made up and tells nobody else; who renews the sign-in must know it
/// @param name for people, such as the machine's; at most 100 characters are kept
public record Device(String key, String name) {

    /// Without the key, so that it cannot come into a log.
    @Override
    public String toString() {
        return "Device[" + name + "]";
    }
}
