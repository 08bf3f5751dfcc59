/// The fields behind `+NAME:`, separated by commas outside quotes; spaces around them do not count.
struct LineFields {
    struct Field {
        var range: Range<Int>
        var isQuoted: Bool
    }

    /// Start of the next field; nil: there is none.
    private var position: Int?

    /// - Parameter start: behind the colon.
    init(from start: Int, in line: Span<UInt8>) {
        var start = start
        while start < line.count, line[start] == .space { start += 1 }
        position = start < line.count ? start : nil
    }

    /// - Parameter position: behind a comma, or where `skipInteger` has come to.
    init(at position: Int, in line: Span<UInt8>) { self.position = position <= line.count ? position : nil }

    var isAtEnd: Bool { position == nil }

    mutating func next(in line: Span<UInt8>) -> Field? {
        guard var start = position else { return nil }
        while start < line.count, line[start] == .space { start += 1 }
        var end = start
        var isInQuotes = false
        while end < line.count {
            let byte = line[end]
            if byte == .quote {
                isInQuotes.toggle()
            } else if byte == .comma, !isInQuotes {
                break
            }
            end += 1
        }
        position = end < line.count ? end + 1 : nil
        while end > start, line[end - 1] == .space { end -= 1 }
        let isQuoted = end - start >= 2 && line[start] == .quote && line[end - 1] == .quote
        return Field(range: start..<end, isQuoted: isQuoted)
    }

    /// Goes over a field and the comma behind it if the field is an integer; the same as `next` and `integer`, in one
    /// walk. Without a comma, that is at the last field, the position behind is one behind the end of the line.
    @inline(__always)
    static func skipInteger(_ position: inout Int, in line: Span<UInt8>) -> Bool {
        var index = position
        while index < line.count, line[unchecked: index] == .space { index &+= 1 }
        if index < line.count, line[unchecked: index].isSign { index &+= 1 }
        let start = index
        while index < line.count, line[unchecked: index].digit != nil { index &+= 1 }
        guard index > start, index &- start <= mostDigits else { return false }
        while index < line.count, line[unchecked: index] == .space { index &+= 1 }
        guard index == line.count || line[unchecked: index] == .comma else { return false }
        position = index &+ 1
        return true
    }

    private static let mostDigits = 18

    /// The integer at `range`; nil: it is none.
    static func integer(_ range: Range<Int>, in line: Span<UInt8>) -> Int? {
        var index = range.lowerBound
        guard index < range.upperBound else { return nil }
        let isNegative = line[index] == UInt8(ascii: "-")
        if line[index].isSign { index += 1 }
        guard index < range.upperBound, range.upperBound - index <= mostDigits else { return nil }
        var value = 0
        while index < range.upperBound {
            guard let digit = line[index].digit else { return nil }
            value = value * 10 + digit
            index += 1
        }
        return isNegative ? -value : value
    }

    /// The integer in field `index` of a whole line.
    static func integer(field index: Int, of line: Span<UInt8>) -> Int? {
        guard let colon = line.colon, index >= 0 else { return nil }
        var fields = LineFields(from: colon + 1, in: line)
        for _ in 0..<index { guard fields.next(in: line) != nil else { return nil } }
        return fields.next(in: line).flatMap { integer($0.range, in: line) }
    }
}

extension UInt8 {
    fileprivate var isSign: Bool { self == UInt8(ascii: "-") || self == UInt8(ascii: "+") }
}

extension Span<UInt8> {
    /// First colon of a line.
    var colon: Int? {
        for index in 0..<count where self[index] == .colon { return index }
        return nil
    }
}
