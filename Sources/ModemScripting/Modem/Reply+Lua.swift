import ATProtocol
import LuaRuntime

extension LuaTable {
    /// The answer to a raw command, as scripts see it.
    init(_ reply: Reply, since began: Moment) {
        let lines = reply.lines.map(\.bytes)
        let result = reply.result?.bytes
        let fields = (lines.first ?? result).map { AnswerFields($0).values } ?? []
        var pairs = [
            Pair(key: ReplyKey.lines, value: .list(lines.map { .string($0) })),
            Pair(key: ReplyKey.fields, value: .list(fields)),
            Pair(key: ReplyKey.final, value: .string(reply.final.bytes)),
            Pair(key: ReplyKey.elapsed, value: .number(Double((reply.completedAt - began).nanoseconds) / 1e9)),
        ]
        if let result { pairs.append(Pair(key: ReplyKey.result, value: .string(result))) }
        self.init(pairs: pairs)
    }
}

/// The names of an answer's parts, made once.
private enum ReplyKey {
    static let lines = LuaTable.Key.text("lines")
    static let fields = LuaTable.Key.text("fields")
    static let result = LuaTable.Key.text("result")
    static let final = LuaTable.Key.text("final")
    static let elapsed = LuaTable.Key.text("elapsed")
}
