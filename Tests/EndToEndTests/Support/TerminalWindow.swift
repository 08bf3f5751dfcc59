import Foundation
import Subprocess

/// The program in a terminal, as somebody sits before it: a window of a tmux server of its own.
struct TerminalWindow: Sendable {
    private let socket: String
    /// Where the shell around the program writes how it ended: tmux now and then misses the end of a pane's program.
    private let status: String

    /// Runs the program at a terminal of 100 columns and 30 rows; the server is gone when `body` is done.
    static func with<Result>(
        _ arguments: [String],
        in folder: TemporaryFolder,
        _ body: (TerminalWindow) async throws -> Result
    ) async throws -> Result {
        let window = TerminalWindow(socket: folder.path + "/tmux", status: folder.path + "/status-\(UUID())")
        let environment = folder.environment.sorted { "\($0.key)" < "\($1.key)" }
            .flatMap { ["-e", "\($0.key)=\($0.value)"] }
        try await window.tmux(["new-session", "-d", "-x", "100", "-y", "30"] + environment + ["sleep 600"])
        do {
            try await window.tmux(["set-option", "-g", "remain-on-exit", "on"])
            // The shell outlives a Ctrl-C, and the program has the usual signals.
            let shell = ["sh", "-c", #"trap : INT; "$@"; echo $? >"$0""#, window.status]
            try await window.tmux(["respawn-pane", "-k", "--"] + shell + [Moonwire.path] + arguments)
            let result = try await body(window)
            try await window.tmux(["kill-server"])
            return result
        } catch {
            try await window.tmux(["kill-server"])
            throw error
        }
    }

    /// Names of tmux for keys, `C-c`, `Tab`, `Enter`, or text.
    func press(_ keys: String...) async throws {
        try await tmux(["send-keys", "--"] + keys)
    }

    func type(_ text: String) async throws {
        try await tmux(["send-keys", "-l", "--", text])
    }

    func resize(columns: Int, rows: Int) async throws {
        try await tmux(["resize-window", "-x", "\(columns)", "-y", "\(rows)"])
    }

    /// The rows of the screen that have something on them, without spaces at their end.
    func rows() async throws -> [String] {
        try await tmux(["capture-pane", "-p"]).split(separator: "\n").map { row in
            String(row.reversed().drop { $0 == " " }.reversed())
        }
    }

    /// Looks until the screen is as wanted, each look a request to the server; gives up after a minute.
    @discardableResult
    func rows(_ wanted: String, until isAsWanted: ([String]) -> Bool) async throws -> [String] {
        let end = ContinuousClock.now.advanced(by: .seconds(60))
        while true {
            let rows = try await rows()
            if isAsWanted(rows) { return rows }
            if ContinuousClock.now > end { throw Unseen(wanted: wanted, rows: rows) }
        }
    }

    /// Waits until a row contains the text.
    @discardableResult
    func shows(_ text: String) async throws -> [String] {
        try await rows(text) { rows in rows.contains { $0.contains(text) } }
    }

    /// Waits until the last row is the given one.
    func endsWith(_ row: String) async throws {
        try await rows("at the end: \(row)") { $0.last == row }
    }

    /// Waits for the program's end.
    func exitStatus() async throws -> Int32? {
        let end = ContinuousClock.now.advanced(by: .seconds(60))
        while ContinuousClock.now < end {
            if let text = try? String(contentsOfFile: status, encoding: .utf8), let status = Int32(text.dropLast()) {
                return status
            }
            try await tmux(["display-message", "-p", ""])
        }
        return nil
    }

    @discardableResult
    private func tmux(_ arguments: [String]) async throws -> String {
        let result = try await Subprocess.run(
            .name("tmux"),
            arguments: Arguments(["-u", "-f", "/dev/null", "-S", socket] + arguments),
            output: .string(limit: 1 << 20),
            error: .string(limit: 1 << 16)
        )
        guard result.terminationStatus.isSuccess else {
            throw Unseen(wanted: "tmux \(arguments)", rows: [result.standardError])
        }
        return result.standardOutput
    }

    struct Unseen: Error, CustomStringConvertible {
        var wanted: String
        var rows: [String]
        var description: String { "never seen: \(wanted); the screen:\n\(rows.joined(separator: "\n"))" }
    }
}
