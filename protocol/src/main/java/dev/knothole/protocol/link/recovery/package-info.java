/// What a sender knows about a path, and what it may send next.
///
/// The path is never seen, only its echoes: when a packet was acknowledged, and which later ones
/// came through while it did not. From these echoes the classes here keep four models, all pure;
/// time is a `long` of nanoseconds of any one monotonic clock and comes in as the last argument.
///
/// - **Delay.** [RttEstimator] smooths round trips (RFC 9002, section 5).
/// - **What is on the way.** [SentPackets] holds every packet that may still be acknowledged, in
///   arrays, with what the rate sampler wants to know about its departure. [LossDetector] settles
///   each of them once: acknowledged, or lost by packet or time threshold (section 6.1). A lost
///   packet whose acknowledgment comes after all is reported as such; when every loss of an
///   episode proves false, the controller takes its reaction back and the thresholds widen
///   ([Reordering]). With nothing heard, a probe timeout asks the peer (section 6.2), backing off
///   to at most one second, because a chat that has been cut off should notice the path's return.
/// - **How much the path carries.** [Flight] counts the bytes in flight and samples the delivery
///   rate; a [CongestionController] turns samples and losses into a window and a pacing rate:
///   [Cubic] (RFC 9438) with [HyStartPlusPlus] (RFC 9406), or [Bbr] (draft-ietf-ccwg-bbr). [Pacer]
///   spreads the window over the round trip (RFC 9002, section 7.7).
/// - **How large a datagram may be.** [MtuSearch] probes upwards from 1200 bytes (RFC 8899).
///
/// A path has one [Flight], made with its own estimator and controller. A switch of path hands the
/// detector a fresh one: packets of the old path are still settled, but teach the new one nothing.
///
/// The other direction is [AckTracker]: which packets arrived, whether one is new, and when the
/// peer is owed an acknowledgment (RFC 9000, section 13.2).
///
/// Bounds: [AckTracker#MAX_RANGES] ranges per receiver, [SentPackets#MAX_TRACKED] packets per
/// sender; everything else is of fixed size.
@NullMarked
package dev.knothole.protocol.link.recovery;

import org.jspecify.annotations.NullMarked;
