package io.watchfloor.protocol.rest;

import io.watchfloor.protocol.Role;
import java.util.List;

/// Answers `GET /api/v1/settings/security` and is the body of `POST` there. Immutable.
///
/// @param secondFactorRoles whose accounts have to have a second factor
public record SecuritySettings(List<Role> secondFactorRoles) {

    public SecuritySettings {
        secondFactorRoles = List.copyOf(secondFactorRoles);
    }
}
