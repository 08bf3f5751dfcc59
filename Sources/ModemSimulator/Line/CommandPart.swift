/// One part of a command line, such as `E0` or `+CSQ`.
struct CommandPart: Equatable, Sendable {
    enum Form: Equatable, Sendable {
        case execute
        case read
        case test
        /// What stands behind `=`, or the number behind a basic command.
        case write([UInt8])
    }

    /// In capitals, without `AT`: `E`, `&F`, `S0`, `+CSQ`.
    var name: String
    var form: Form
}

extension CommandPart {
    /// Splits what stands behind `AT`. Nil: this is no command line (V.250 5.2.1, 5.4.1).
    ///
    /// Basic parts may follow one another without a separator; extended ones end at a `;` outside quotes.
    static func parts(of body: ArraySlice<UInt8>) -> [CommandPart]? {
        var rest = body
        var parts: [CommandPart] = []
        while let first = rest.first {
            if first == UInt8(ascii: ";") || first == UInt8(ascii: " ") {
                rest.removeFirst()
            } else if first.isExtendedPrefix {
                guard let part = takeExtended(&rest) else { return nil }
                parts.append(part)
            } else {
                guard let part = takeBasic(&rest) else { return nil }
                parts.append(part)
            }
        }
        return parts
    }

    private static func takeExtended(_ rest: inout ArraySlice<UInt8>) -> CommandPart? {
        let nameEnd = rest.dropFirst().firstIndex { !$0.isNameByte } ?? rest.endIndex
        let name = String(decoding: rest[..<nameEnd].map(\.uppercased), as: UTF8.self)
        guard name.utf8.count > 1 else { return nil }
        rest = rest[nameEnd...]
        while rest.first == UInt8(ascii: " ") { rest.removeFirst() }
        let form: Form
        switch rest.first {
        case UInt8(ascii: "?"):
            rest.removeFirst()
            form = .read
        case UInt8(ascii: "="):
            rest.removeFirst()
            let end = endOfArguments(rest)
            let arguments = Array(rest[..<end])
            rest = rest[end...]
            form = arguments == [UInt8(ascii: "?")] ? .test : .write(arguments)
        default:
            form = .execute
        }
        guard rest.isEmpty || rest.first == UInt8(ascii: ";") else { return nil }
        return CommandPart(name: name, form: form)
    }

    private static func endOfArguments(_ rest: ArraySlice<UInt8>) -> Int {
        var quoted = false
        for index in rest.indices {
            switch rest[index] {
            case UInt8(ascii: "\""): quoted.toggle()
            case UInt8(ascii: ";") where !quoted: return index
            default: break
            }
        }
        return rest.endIndex
    }

    private static func takeBasic(_ rest: inout ArraySlice<UInt8>) -> CommandPart? {
        var name = ""
        if rest.first == UInt8(ascii: "&") {
            name = "&"
            rest.removeFirst()
        }
        guard let letter = rest.first, letter.isLetter else { return nil }
        rest.removeFirst()
        name.unicodeScalars.append(Unicode.Scalar(letter.uppercased))
        if name == "D" {
            defer { rest = rest[rest.endIndex...] }
            return CommandPart(name: name, form: .write(Array(rest)))
        }
        let digits = Array(rest.prefix(while: \.isDigit))
        rest = rest.dropFirst(digits.count)
        guard name == "S" else {
            return CommandPart(name: name, form: digits.isEmpty ? .execute : .write(digits))
        }
        name += String(decoding: digits, as: UTF8.self)
        switch rest.first {
        case UInt8(ascii: "?"):
            rest.removeFirst()
            return CommandPart(name: name, form: .read)
        case UInt8(ascii: "="):
            rest.removeFirst()
            let value = Array(rest.prefix(while: \.isDigit))
            rest = rest.dropFirst(value.count)
            return CommandPart(name: name, form: .write(value))
        default:
            return nil
        }
    }
}

extension UInt8 {
    var isDigit: Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(self) }
    var isLetter: Bool { (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(uppercased) }
    var uppercased: UInt8 { (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(self) ? self - 32 : self }
    fileprivate var isExtendedPrefix: Bool {
        self == UInt8(ascii: "+") || self == UInt8(ascii: "*") || self == UInt8(ascii: "^")
    }
    /// V.250 5.4.1: the characters of an extended name.
    fileprivate var isNameByte: Bool {
        isLetter || isDigit || [UInt8(ascii: "!"), 0x25, 0x2D, 0x2E, 0x2F, 0x3A, 0x5F].contains(self)
    }
}
