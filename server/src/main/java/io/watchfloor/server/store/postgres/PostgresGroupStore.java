package io.watchfloor.server.store.postgres;

import io.watchfloor.server.store.Group;
import io.watchfloor.server.store.GroupChange;
import io.watchfloor.server.store.GroupStore;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jdbi.v3.core.Handle;

/// Groups in PostgreSQL. Thread-safe.
public final class PostgresGroupStore implements GroupStore {

    private final Database database;

    public PostgresGroupStore(Database database) {
        this.database = database;
    }

    @Override
    public List<Group> groups() {
        return database.<List<Group>>run(PostgresGroupStore::all);
    }

    static List<Group> all(Handle handle) {
        Map<String, List<String>> members = new TreeMap<>();
        handle.createQuery(
                "SELECT g.name, m.account FROM people_group g LEFT JOIN group_member m ON m.group_name = g.name")
                .map((row, _) -> {
                    List<String> of = members.computeIfAbsent(row.getString("name"), _ -> new ArrayList<>());
                    String account = row.getString("account");
                    return account == null || of.add(account);
                }).list();
        return members.entrySet().stream().map(group -> new Group(group.getKey(), group.getValue())).toList();
    }

    @Override
    public boolean addGroup(String name, long now) {
        return database.<Integer>run(handle -> handle.execute(
                "INSERT INTO people_group (name, created_at) VALUES (?, ?) ON CONFLICT DO NOTHING", name,
                Instant.ofEpochMilli(now))) == 1;
    }

    @Override
    public GroupChange renameGroup(String name, String newName) {
        return database.run(handle -> {
            boolean taken = handle.createQuery("""
                    SELECT EXISTS (SELECT 1 FROM people_group WHERE lower(name) = lower(:new) AND name <> :name)
                    """).bind("new", newName).bind("name", name).mapTo(Boolean.class).one();
            if (taken) {
                return GroupChange.TAKEN;
            }
            handle.execute("UPDATE invitation SET groups = array_replace(groups, ?, ?) WHERE ? = ANY (groups)", name,
                    newName, name);
            return handle.execute("UPDATE people_group SET name = ? WHERE name = ?", newName, name) == 1
                    ? GroupChange.DONE
                    : GroupChange.UNKNOWN;
        });
    }

    @Override
    public boolean removeGroup(String name) {
        return database.<Integer>run(handle -> handle.execute("DELETE FROM people_group WHERE name = ?", name)) == 1;
    }

    @Override
    public boolean addMember(String group, String account) {
        return database.<Boolean>run(handle -> {
            boolean there = handle.createQuery("""
                    SELECT EXISTS (SELECT 1 FROM people_group WHERE name = :group)
                       AND EXISTS (SELECT 1 FROM account WHERE name = :account)
                    """).bind("group", group).bind("account", account).mapTo(Boolean.class).one();
            if (there) {
                handle.execute("INSERT INTO group_member (group_name, account) VALUES (?, ?) ON CONFLICT DO NOTHING",
                        group, account);
            }
            return there;
        });
    }

    @Override
    public boolean removeMember(String group, String account) {
        return database.<Integer>run(handle -> handle.execute(
                "DELETE FROM group_member WHERE group_name = ? AND account = ?", group, account)) == 1;
    }
}
