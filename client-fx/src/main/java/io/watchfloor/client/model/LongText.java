package io.watchfloor.client.model;

import io.watchfloor.client.sync.Registration;
import io.watchfloor.document.Delta;
import java.util.List;

/// A long text of an open dashboard for one view that shows it: what it says, typing into it, and where colleagues are in
/// it. Offsets are UTF-16 units of what is shown. Owner executor only.
public interface LongText extends AutoCloseable {

    /// Where a colleague types.
    ///
    /// @param color number of his colour
    /// @param anchor where his selection began; `head` without one
    record Caret(String session, String name, int color, int anchor, int head) {}

    /// Told what becomes of a text.
    interface Listener {

        /// @param delta from what was shown before
        /// @param here whether it was typed through this very object
        void changed(Delta delta, boolean here);

        /// Whether it may be edited has changed.
        default void rightChanged() {}
    }

    /// All of it. It may be in pieces: whoever needs a string pays for its length.
    CharSequence content();

    boolean editable();

    /// Types. Typing without a pause is one step that can be undone.
    ///
    /// @return false where nothing was done, because the right does not allow it or the text would become too long
    /// @throws IllegalArgumentException where the delta does not fit
    boolean type(Delta delta);

    /// Reverts one's own latest step on the dashboard, whatever it was.
    void undo();

    void redo();

    /// The colleagues who type in it at present.
    List<Caret> carets();

    /// Tells colleagues where this person types.
    void caret(int anchor, int head);

    /// This person types here no more.
    void leave();

    Registration listen(Listener listener);

    /// Follows nothing any more.
    @Override
    void close();
}
