package io.watchfloor.client.app;

import io.watchfloor.client.sync.rest.Account;
import io.watchfloor.client.sync.rest.Administration;
import io.watchfloor.client.sync.rest.SecondFactor;
import io.watchfloor.client.sync.rest.SignIns;
import io.watchfloor.client.view.account.AccountModel;
import io.watchfloor.client.view.account.AccountView;
import io.watchfloor.client.view.account.FactorModel;
import io.watchfloor.client.view.account.SignInsModel;
import io.watchfloor.client.view.administration.AdministrationView;
import io.watchfloor.client.view.administration.AuditExport;
import io.watchfloor.client.view.list.DashboardListModel;
import io.watchfloor.client.view.list.DashboardListView;
import io.watchfloor.client.view.signin.Pause;
import io.watchfloor.client.view.window.Page;
import io.watchfloor.client.view.window.Screen;
import io.watchfloor.client.view.window.Shell;
import io.watchfloor.protocol.Role;
import io.watchfloor.protocol.rest.DashboardRow;
import java.net.URI;
import java.time.ZoneId;
import java.util.EnumSet;
import java.util.Set;

/// The places that the rail leads to, made anew each time. FX thread only.
final class Pages {

    /// What leads out of them.
    interface Ways {

        void open(DashboardRow row);

        void signOut();

        /// Milliseconds since 1970 UTC.
        long serverTime();
    }

    private final URI server;
    private final Account account;
    private final Machinery machinery;
    private final Shelf shelf;
    private final Shell shell;
    private final Ways ways;

    /// @param shell whose notices tell what was done
    Pages(URI server, Account account, Machinery machinery, Shelf shelf, Shell shell, Ways ways) {
        this.server = server;
        this.account = account;
        this.machinery = machinery;
        this.shelf = shelf;
        this.shell = shell;
        this.ways = ways;
    }

    /// Those that somebody of a role has.
    static Set<Page> of(Role role) {
        Set<Page> pages = EnumSet.allOf(Page.class);
        if (role != Role.ADMIN) {
            pages.remove(Page.ADMINISTRATION);
        }
        return pages;
    }

    Screen open(Page page) {
        return switch (page) {
            case DASHBOARDS -> list();
            case ADMINISTRATION -> administration();
            case ACCOUNT -> account();
        };
    }

    private Screen list() {
        return new DashboardListView(new DashboardListModel(shelf, account.role() != Role.VIEWER,
                ZoneId.systemDefault(), ways::open), ways::serverTime);
    }

    private Screen administration() {
        return new AdministrationView(new Administration(account, server), shell.toasts(),
                new AuditExport(machinery.requests(), machinery.surroundings().owner()), ways::serverTime);
    }

    private Screen account() {
        AccountModel page = new AccountModel(new AccountModel.Who(account.name(), account.role(), server.toString()),
                account::changePassword, new FactorModel(SecondFactor.of(account), Pause::real, this::say),
                new SignInsModel(SignIns.of(account), ways::serverTime, ZoneId.systemDefault(), this::say), this::say,
                ways::signOut);
        return new AccountView(page, name -> FilePlace.choose(shell.node(), name));
    }

    private void say(String sentence) {
        shell.toasts().show(sentence);
    }
}
