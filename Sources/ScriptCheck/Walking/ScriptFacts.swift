/// What a script and its modules change of what is there for all of them.
struct ScriptFacts: Sendable {
    /// Globals declared with `rawset`.
    var declared: Set<String> = []
    /// Globals of the interface or of Lua that were given another value: their meaning is not known.
    var redefined: Set<String> = []
    /// Fields put into tables of the interface or of Lua: `json.pretty`.
    var added: Set<String> = []

    mutating func formUnion(_ other: ScriptFacts) {
        declared.formUnion(other.declared)
        redefined.formUnion(other.redefined)
        added.formUnion(other.added)
    }
}
