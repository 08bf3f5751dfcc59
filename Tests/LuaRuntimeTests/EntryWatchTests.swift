import LuaRuntime
import Testing

/// When the watchdog gives up on an entry; the times are those of its looks, in ms.
@Suite struct EntryWatchTests {
    private static let limits = LuaLimits().with {
        $0.grace = .milliseconds(200)
        $0.watchdog = .milliseconds(1000)
    }

    /// The time of the first look that finds the VM blocked. Each look sees entry 1.
    private func blockage(
        of looks: some Sequence<Int64>,
        deadline: Int64? = nil,
        killedAt: Int64 = .max
    ) -> (time: Int64, cause: LuaCause)? {
        var watch = EntryWatch(limits: Self.limits, deadline: deadline.map { $0 * 1_000_000 })
        for time in looks {
            let sight = EntryWatch.Sight(entry: 1, isKilled: time >= killedAt, name: "spin", location: "t.lua:1")
            guard case .blocked(let blockage) = watch.look(at: time * 1_000_000, sight) else { continue }
            #expect(blockage.blockedIn == "spin" && blockage.location == "t.lua:1")
            return (time, blockage.cause)
        }
        return nil
    }

    @Test func `An entry is given up a second after the kill`() throws {
        let end = try #require(blockage(of: stride(from: 0, through: 5000, by: 50), deadline: 300, killedAt: 500))
        #expect(end.time == 1500 && end.cause == .deadline, "\(end)")
    }

    @Test func `One that never hears of the deadline is given up after it, the grace and a second`() throws {
        let end = try #require(blockage(of: stride(from: 0, through: 5000, by: 50), deadline: 300))
        #expect(end.time == 1500 && end.cause == .deadline, "\(end)")
    }

    @Test func `Without a deadline thirty seconds, the grace and a second are too long`() throws {
        let end = try #require(blockage(of: stride(from: 0, through: 60_000, by: 50)))
        #expect(end.time == 31_200 && end.cause == .burst, "\(end)")
    }

    @Test func `An entry of thirty seconds is a burst`() {
        var watch = EntryWatch(limits: Self.limits, deadline: nil)
        let sight = EntryWatch.Sight(entry: 1, isKilled: false)
        let verdicts = stride(from: Int64(0), through: 30_050, by: 50).map { watch.look(at: $0 * 1_000_000, sight) }
        #expect(verdicts.dropLast().allSatisfy { $0 == .fine })
        #expect(verdicts.last == .tooLong)
    }

    @Test func `Entries that follow each other are none that lasts`() {
        var watch = EntryWatch(limits: Self.limits, deadline: 0)
        for number in UInt64(1)...1000 {
            let sight = EntryWatch.Sight(entry: number, isKilled: true)
            #expect(watch.look(at: Int64(number) * 900_000_000, sight) == .fine)
        }
    }

    /// As after Ctrl-Z and `fg`: of the nine seconds half a second counts.
    @Test(arguments: [100, 250, 400, 600, 1400] as [Int64])
    func `A process that stood still says nothing about its script`(_ stop: Int64) throws {
        let looks = Array(stride(from: 0, through: stop, by: 50)) + stride(from: stop + 9000, through: 20_000, by: 50)
        let end = try #require(blockage(of: looks, deadline: 300, killedAt: 500))
        #expect(end.time == max(1500 + 8500, stop + 9000), "\(end)")
    }

    @Test func `A machine that lets it look once a minute delays it, no more`() throws {
        let end = try #require(
            blockage(of: stride(from: 0, through: 3_600_000, by: 60_000), deadline: 300, killedAt: 500)
        )
        #expect(end.time <= 240_000, "\(end)")
    }
}

extension LuaLimits {
    fileprivate func with(_ change: (inout Self) -> Void) -> Self {
        var copy = self
        change(&copy)
        return copy
    }
}
