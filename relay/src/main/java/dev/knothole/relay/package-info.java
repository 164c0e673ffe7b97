@NullMarked
package dev.knothole.relay;

import org.jspecify.annotations.NullMarked;
