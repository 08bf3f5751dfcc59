/// Whether the entry that the VM is in has lasted too long, judged by one look at it after another.
///
/// Time in which the watchdog itself did not look hardly counts: a process that was stopped, or that the machine had no
/// time for, says nothing about its script.
package struct EntryWatch {
    /// What the VM does at a moment.
    package struct Sight {
        /// Each entry into the VM has a number of its own.
        package var entry: UInt64
        package var isKilled: Bool
        package var reason: LuaCause?
        package var name: String
        package var location: String

        package init(entry: UInt64, isKilled: Bool, reason: LuaCause? = nil, name: String = "", location: String = "") {
            self.entry = entry
            self.isKilled = isKilled
            self.reason = reason
            self.name = name
            self.location = location
        }
    }

    package enum Verdict: Equatable {
        case fine
        /// It counts as a burst.
        case tooLong
        case blocked(LuaBlockage)
    }

    /// This much real time in one entry counts as a burst.
    private static let longestEntry: Int64 = 30_000_000_000
    /// What the time between two looks counts for at most.
    private static let longestGap: Int64 = 500_000_000

    private let limits: LuaLimits
    /// Monotonic ns; `nil`: none.
    private let deadline: Int64?
    private var last: Int64?
    /// Ns that do not count. Everything below is on the clock without them.
    private var lost: Int64 = 0
    private var deadlinePassed: Int64?
    private var killSeen: Int64?
    /// The entry seen last, and when first.
    private var entry: (number: UInt64, since: Int64)?

    package init(limits: LuaLimits, deadline: Int64?) {
        self.limits = limits
        self.deadline = deadline
    }

    /// - Parameters:
    ///   - time: monotonic ns.
    ///   - sight: `nil`: the VM is at rest.
    package mutating func look(at time: Int64, _ sight: Sight?) -> Verdict {
        let now = advance(to: time)
        guard let sight else { return .fine }
        let since = entry?.number == sight.entry ? entry?.since ?? now : now
        entry = (sight.entry, since)
        if sight.isKilled { killSeen = killSeen ?? now }
        let grace = limits.grace.wholeNanoseconds
        var end = since + Self.longestEntry + grace
        if let deadlinePassed { end = min(end, deadlinePassed + grace) }
        if let killSeen { end = min(end, killSeen) }
        if now >= max(end, since) + limits.watchdog.wholeNanoseconds {
            return .blocked(
                LuaBlockage(
                    blockedIn: sight.name.isEmpty ? "Lua" : sight.name,
                    location: sight.location.isEmpty ? nil : sight.location,
                    cause: sight.reason ?? (deadlinePassed == nil ? .burst : .deadline)
                )
            )
        }
        return !sight.isKilled && now - since > Self.longestEntry ? .tooLong : .fine
    }

    private mutating func advance(to time: Int64) -> Int64 {
        let before = lost
        if let last { lost += max(0, time - last - Self.longestGap) }
        last = time
        let now = time - lost
        if let deadline, time >= deadline, deadlinePassed == nil { deadlinePassed = min(deadline - before, now) }
        return now
    }
}
