/// Makes the records of the trace.
struct Tracer: Sendable {
    let isOn: Bool

    mutating func read(_ bytes: Span<UInt8>, at now: Moment) {}
}
