@NullMarked
package dev.knothole.client;

import org.jspecify.annotations.NullMarked;
