/// What is kept on disk: the configuration file, and where files belong (XDG base directories).
/// Everything here is private to the user: folders 0700, files 0600.
@NullMarked
package dev.knothole.client.store;

import org.jspecify.annotations.NullMarked;
