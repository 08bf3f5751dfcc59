/// What is known of a function while it is read.
struct FunctionScope: Sendable {
    struct Block: Sendable {
        enum Kind: Sendable { case plain, loop }

        var kind: Kind
        /// How many locals were alive when it began.
        var locals: Int
        var firstLabel: Int
        var firstJump: Int
    }

    struct Label: Sendable {
        var name: String
        var line: Int
        /// Locals alive at the label.
        var locals: Int
    }

    /// A `goto` whose label has not come yet.
    struct Jump: Sendable {
        var name: String
        var line: Int
        var locals: Int
    }

    /// Where it begins; 0: the main chunk.
    var line: Int
    var takesMore: Bool
    /// Locals alive, as indices into ``Chunk/locals``; nil: a hidden one of a loop.
    var active: [Int?] = []
    var blocks: [Block]
    var labels: [Label] = []
    var jumps: [Jump] = []

    init(line: Int, takesMore: Bool) {
        self.line = line
        self.takesMore = takesMore
        blocks = [Block(kind: .plain, locals: 0, firstLabel: 0, firstJump: 0)]
    }

    var isInLoop: Bool { blocks.contains { $0.kind == .loop } }

    /// As messages name it.
    var words: String { line == 0 ? "main function" : "function at line \(line)" }
}
