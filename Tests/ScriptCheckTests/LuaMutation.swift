import SeededRandom

/// Programs with something wrong, perhaps.
enum LuaMutation {
    /// One to three bytes replaced, dropped or put in; those that Lua's grammar is made of come more often.
    static func bytes(of program: [UInt8], _ generator: inout SeededRandom) -> [UInt8] {
        let likely = Array("()[]{}=<>~.,;:\"'\\-+*/%^#&| \n0x9eapu_z".utf8)
        var bytes = program
        for _ in 0..<Int.random(in: 1...3, using: &generator) {
            let place = Int.random(in: 0...bytes.count, using: &generator)
            let byte =
                Bool.random(using: &generator)
                ? likely[Int.random(in: 0..<likely.count, using: &generator)]
                : UInt8.random(in: 1...255, using: &generator)
            switch Int.random(in: 0..<3, using: &generator) {
            case 0 where place < bytes.count: bytes[place] = byte
            case 1 where place < bytes.count: bytes.remove(at: place)
            default: bytes.insert(byte, at: place)
            }
        }
        // The runtime refuses text that begins like bytecode before its parser sees it.
        return bytes.first == 27 ? Array(bytes.dropFirst()) : bytes
    }

    /// One to three words dropped, doubled, exchanged or replaced by a word of the grammar.
    static func words(of program: String, _ generator: inout SeededRandom) -> [UInt8] {
        let grammar = [
            "end", "do", "then", "local", "function", "return", "break", "goto", "::x::", "if", "else", "until",
            "repeat", "while", "for", "in", "=", ",", "(", ")", "{", "}", "<const>", "<close>", "...", "not", "and",
            "x", "1", "'s'", ";", "//", "..", "~", "nil",
        ]
        var words = program.split(separator: " ", omittingEmptySubsequences: false).map(String.init)
        for _ in 0..<Int.random(in: 1...3, using: &generator) where !words.isEmpty {
            let place = Int.random(in: 0..<words.count, using: &generator)
            switch Int.random(in: 0..<4, using: &generator) {
            case 0: words.remove(at: place)
            case 1: words.insert(words[place], at: place)
            case 2: words.swapAt(place, Int.random(in: 0..<words.count, using: &generator))
            default: words[place] = grammar[Int.random(in: 0..<grammar.count, using: &generator)]
            }
        }
        return Array(words.joined(separator: " ").utf8)
    }
}
