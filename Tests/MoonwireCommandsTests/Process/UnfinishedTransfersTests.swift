import Foundation
import Testing

@testable import MoonwireCommands

/// What the next run is told of transfers that were cut.
@Suite struct UnfinishedTransfersTests {
    private static func withJournal(_ body: (UnfinishedTransfers) async throws -> Void) async throws {
        let path = NSTemporaryDirectory() + "moonwire-transfers-" + UUID().uuidString
        defer { try? FileManager.default.removeItem(atPath: path) }
        try await body(UnfinishedTransfers(folder: path + "/unfinished"))
    }

    @Test func `A transfer is unfinished between its two ends, for its module and file alone`() async throws {
        try await Self.withJournal { journal in
            #expect(!journal.isUnfinished("ca.pem", to: "867584030000018"))
            try journal.begin("ca.pem", to: "867584030000018")
            #expect(journal.isUnfinished("ca.pem", to: "867584030000018"))
            #expect(!journal.isUnfinished("key.pem", to: "867584030000018"))
            #expect(!journal.isUnfinished("ca.pem", to: "867584030000026"))
            try journal.end("ca.pem", to: "867584030000018")
            #expect(!journal.isUnfinished("ca.pem", to: "867584030000018"))
            try journal.end("ca.pem", to: "867584030000018")
        }
    }

    @Test func `Runs that end do not disturb those that begin`() async throws {
        try await Self.withJournal { journal in
            try await withThrowingTaskGroup(of: Void.self) { group in
                for number in 0..<8 {
                    group.addTask {
                        for _ in 0..<50 {
                            try journal.begin("cert-\(number).pem", to: "867584030000018")
                            try journal.end("cert-\(number).pem", to: "867584030000018")
                        }
                    }
                }
                try await group.waitForAll()
            }
        }
    }

    @Test func `A folder that cannot be made is named in plain words`() async throws {
        let journal = UnfinishedTransfers(folder: "/dev/null/unfinished")
        let failure = #expect(throws: CommandFailure.self) { try journal.begin("ca.pem", to: "867584030000018") }
        #expect(failure.map { "\($0)" }?.hasPrefix("cannot make the folder /dev/null") ?? false)
    }
}
