internal import ATProtocol

/// One sequence of numbers for the records of a session's core and of the small cores that ask reopened ports, which
/// both count from 0.
struct RecordNumbers: Sendable {
    private var next: UInt64 = 0
    /// Records of small cores so far: the core's own records come this much later.
    private var inserted: UInt64 = 0

    mutating func numbered(_ record: consuming Record) -> Record {
        record.number += inserted
        // Lines are not held over the loss of a port, so both records have the same distance.
        record.resolves = record.resolves.map { $0 + inserted }
        next = record.number + 1
        return record
    }

    mutating func inserted(_ record: consuming Record) -> Record {
        record.resolves = record.resolves.map { next - (record.number - $0) }
        record.number = next
        next += 1
        inserted += 1
        return record
    }
}
