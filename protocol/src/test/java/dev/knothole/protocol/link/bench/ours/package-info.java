/// The link of this project as a contestant: with segmentation offload where the kernel has it, or
/// without, which is what other systems than Linux get.
@NullMarked
package dev.knothole.protocol.link.bench.ours;

import org.jspecify.annotations.NullMarked;
