internal import ATProtocol

/// Reads a trace record by record.
///
/// A program that was killed leaves half a line behind: the last line may be cut short, and then counts as absent.
/// Anything else that is no record is a usage error with the line's number.
struct TraceReader: ~Copyable {
    let origin: TraceOrigin
    /// Whether the end of the file was in the middle of a record; known when `next` has given nil.
    private(set) var isCutShort = false
    private var lines: TraceLines
    /// Time of the last record.
    private var now = Moment(nanoseconds: 0)

    /// - Parameter path: `-` is standard input.
    init(path: String) throws(CommandFailure) {
        var lines = try TraceLines(path: path)
        guard let first = try lines.next() else {
            throw CommandFailure(.usage, "\(path): the file is empty; a trace begins with {\"v\":1,…}")
        }
        do {
            origin = try TraceOrigin(JSONValue(parsing: first))
        } catch {
            throw Self.failure(error, at: 1, of: path)
        }
        self.lines = lines
    }

    /// The next record; nil at the end.
    mutating func next() throws(CommandFailure) -> TraceEntry? {
        guard let line = try lines.next() else { return nil }
        do {
            let entry = try TraceEntry(JSONValue(parsing: line), after: now)
            now = entry.record.at
            return entry
        } catch  where !lines.isComplete {
            isCutShort = true
            return nil
        } catch {
            throw Self.failure(error, at: lines.number, of: lines.path)
        }
    }

    private static func failure(_ error: any Error, at line: Int, of path: String) -> CommandFailure {
        let place = "\(path):\(line)"
        return switch error {
        case let error as TraceFormatError: CommandFailure(.usage, "\(place): \(error.message)")
        case let error as JSONValue.ParsingError:
            CommandFailure(.usage, "\(place):\(error.offset + 1): no JSON: \(error.message); is it a trace?")
        default: CommandFailure(.usage, "\(place): \(error)")
        }
    }
}
