/// The error object as a table of fields, both ways.
extension LuaFailure {
    var table: LuaTable {
        var table = extra
        table["kind"] = .text(kind.rawValue)
        table["message"] = .text(message)
        table["code"] = code.map { .integer($0) } ?? .nil
        table["name"] = .optional(name)
        table["hint"] = .optional(hint)
        table["command"] = .optional(command)
        if !lines.isEmpty { table["lines"] = .list(lines.map { .string($0) }) }
        table["before"] = before.map { .string($0) } ?? .nil
        if !urcs.isEmpty { table["urcs"] = .list(urcs.map { .string($0) }) }
        table["elapsed"] = elapsed.map { .number($0) } ?? .nil
        table["where"] = .optional(location)
        table["traceback"] = .optional(traceback)
        table["reason"] = .optional(reason)
        table["task"] = .optional(task)
        table["parent"] = .optional(parent)
        if !suppressed.isEmpty { table["suppressed"] = .list(suppressed.map { .table($0.table) }) }
        return table
    }

    init(table: LuaTable) {
        self.init(
            Kind(rawValue: table["kind"].text ?? Kind.script.rawValue),
            table["message"].text ?? "error",
            code: table["code"].integer,
            name: table["name"].text,
            hint: table["hint"].text
        )
        command = table["command"].text
        lines = Self.strings(table["lines"])
        before = table["before"].bytes
        urcs = Self.strings(table["urcs"])
        elapsed = table["elapsed"].number
        location = table["where"].text
        traceback = table["traceback"].text
        reason = table["reason"].text
        task = table["task"].text
        parent = table["parent"].text
        suppressed = (table["suppressed"].table?.items ?? []).compactMap { $0.table.map(LuaFailure.init(table:)) }
        extra = LuaTable(pairs: table.pairs.filter { !Self.isOwn($0.key) })
    }

    /// A string a script raised: `provision.lua:12: no answer` is taken apart into place and message.
    init(scriptMessage text: String) {
        if text == "not enough memory" {
            self.init(.memory, text)
            return
        }
        self.init(.script, text)
        guard let colon = text.firstRange(of: ": ") else { return }
        let place = text[..<colon.lowerBound]
        guard let separator = place.lastIndex(of: ":"), separator > place.startIndex else { return }
        let line = place[place.index(after: separator)...]
        guard !line.isEmpty, line.allSatisfy(\.isWholeNumber) else { return }
        location = String(place)
        message = String(text[colon.upperBound...])
    }

    private static let ownFields: Set<String> = [
        "kind", "message", "code", "name", "hint", "command", "lines", "before", "urcs", "elapsed", "where",
        "traceback", "reason", "task", "parent", "suppressed",
    ]

    private static func isOwn(_ key: LuaTable.Key) -> Bool {
        guard case .string(let bytes) = key else { return false }
        return ownFields.contains(String(decoding: bytes, as: UTF8.self))
    }

    private static func strings(_ value: LuaValue) -> [[UInt8]] {
        (value.table?.items ?? []).compactMap(\.bytes)
    }
}
