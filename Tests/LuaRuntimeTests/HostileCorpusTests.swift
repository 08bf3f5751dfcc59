import HostileCorpus
import LuaRuntime
import Synchronization
import Testing

/// Every row ends as it must, in its time, and the process goes on. Times are those of a release build on an idle
/// machine times `slack`, since tests share the machine with others.
@Suite(.serialized) struct HostileCorpusTests {
    static let slack = 8.0

    @Test(arguments: HostileScript.all)
    func aHostileScriptEndsInTime(_ script: HostileScript) async throws {
        let modem = TestModem()
        let clock = ContinuousClock()
        let start = clock.now
        let run = try await withFolder(script.files) { folder in
            await lua(script.source) { program in
                program.folder = folder
                limit(&program, for: script.end)
                program.modules = [modem.module]
            }
        }
        let elapsed = clock.now - start
        modem.mayReturn.store(true, ordering: .relaxed)
        check(run, script)
        let bound = Duration.seconds((script.seconds ?? script.end.seconds) * Self.slack)
        #expect(elapsed <= bound, "row \(script.row) took \(elapsed)")
        #expect(run.records.filter { $0.level == .error }.isEmpty)
    }

    /// Rows that end on their own get time for it on a slow machine; the watchdog acts where it is meant to.
    private func limit(_ program: inout LuaProgram, for end: HostileScript.End) {
        program.limits.grace = .milliseconds(200)
        program.limits.deadline = .milliseconds(300)
        switch end {
        case .watchdog, .watchdogOrDeadline: break
        case .deadline, .kill: program.limits.watchdog = .seconds(Self.slack)
        case .error, .passes, .refused, .passesOrMemory: program.limits.deadline = .seconds(Self.slack)
        }
    }

    private func check(_ run: Run, _ script: HostileScript) {
        let comment: Comment = "row \(script.row): \(run.outcome)"
        switch (script.end, run.outcome.ending) {
        case (.error(let text), .failed(let failure)):
            #expect(text.isEmpty || failure.description.contains(text), comment)
        case (.refused(let text), .refused(let failure)):
            #expect(failure.description.contains(text), comment)
        case (.deadline, .timedOut(.deadline, _, nil)), (.kill, .timedOut(.deadline, _, nil)):
            break
        case (.watchdogOrDeadline, .timedOut(.deadline, _, nil)):
            break
        case (.watchdogOrDeadline(let name), .timedOut(.deadline, _, let blocked?)):
            #expect(blocked.blockedIn == name, comment)
        case (.passes, .finished), (.passesOrMemory, .finished):
            break
        case (.passesOrMemory, .failed(let failure)):
            #expect(failure.kind == .memory, comment)
        case (.watchdog(let name), .timedOut(.deadline, _, let blocked?)):
            #expect(blocked.blockedIn.contains(name), comment)
        default:
            Issue.record(comment)
        }
    }

    @Test func aStormDropsExactlyWhatDoesNotFit() async throws {
        let modem = TestModem()
        let run = await lua("modem:storm(function() time.sleep('2h') end) time.sleep('2h')") { program in
            program.limits.deadline = .milliseconds(300)
            program.limits.grace = .milliseconds(200)
            program.modules = [modem.module]
        }
        let subscription = try #require(modem.subscription.withLock { $0 })
        // One is being handled, 64 wait.
        #expect(subscription.dropped == 1000 - 1 - 64)
        #expect(run.records.filter { $0.level == .warning }.count == 1)
    }
}
