/// A certificate or key file as text: its blocks, and what stands between and behind them. No cryptography.
struct PEMDocument: Sendable {
    struct Block: Sendable, Equatable {
        /// `CERTIFICATE`, `RSA PRIVATE KEY`.
        var label: String
        /// From the dashes of BEGIN to those of END.
        var range: Range<Int>
        /// `Proc-Type: 4,ENCRYPTED`, or the label says so.
        var isEncrypted: Bool
    }

    let bytes: [UInt8]
    let blocks: [Block]
    let hasCRLF: Bool
    /// Bytes behind the last END line that are more than one line end.
    let trailing: Int
    /// Bytes before the first BEGIN.
    let leading: Int
    /// Every BEGIN is the first of its line (RFC 7468, §2): no byte order mark, no other text before it.
    let beginsLines: Bool
    /// A BEGIN without its END.
    let isCut: Bool

    init(_ bytes: [UInt8]) {
        self.bytes = bytes
        var blocks: [Block] = []
        var isCut = false
        var position = 0
        while let begin = Self.find("-----BEGIN ", in: bytes, from: position) {
            guard let block = Self.block(in: bytes, from: begin) else {
                isCut = true
                break
            }
            blocks.append(block)
            position = block.range.upperBound
        }
        self.blocks = blocks
        self.isCut = isCut
        hasCRLF = Self.find("\r\n", in: bytes, from: 0) != nil
        leading = blocks.first?.range.lowerBound ?? 0
        beginsLines = blocks.allSatisfy { block in
            block.range.lowerBound == 0 || [0x0A, 0x0D].contains(bytes[block.range.lowerBound - 1])
        }
        trailing = Self.trailing(bytes, behind: blocks.last?.range.upperBound)
    }

    /// A file in DER begins with a SEQUENCE.
    var isDER: Bool { blocks.isEmpty && bytes.first == 0x30 }

    func text(of block: Block) -> [UInt8] { Array(bytes[block.range]) }

    private static func block(in bytes: [UInt8], from begin: Int) -> Block? {
        let nameStart = begin + "-----BEGIN ".utf8.count
        guard let nameEnd = find("-----", in: bytes, from: nameStart) else { return nil }
        let label = String(decoding: bytes[nameStart..<nameEnd], as: UTF8.self)
        let closing = "-----END \(label)-----"
        guard let end = find(closing, in: bytes, from: nameEnd) else { return nil }
        let isEncrypted =
            label.hasPrefix("ENCRYPTED") || find("Proc-Type: 4,ENCRYPTED", in: bytes[..<end], from: nameEnd) != nil
        return Block(label: label, range: begin..<(end + closing.utf8.count), isEncrypted: isEncrypted)
    }

    private static func trailing(_ bytes: [UInt8], behind end: Int?) -> Int {
        guard let end else { return 0 }
        let rest = bytes[end...]
        let lineEnds: [[UInt8]] = [[], [0x0A], [0x0D, 0x0A]]
        return lineEnds.contains { rest.elementsEqual($0) } ? 0 : rest.count
    }

    private static func find(_ text: String, in bytes: some RandomAccessCollection<UInt8>, from start: Int) -> Int? {
        let wanted = Array(text.utf8)
        let all = Array(bytes)
        guard all.count >= wanted.count, start <= all.count - wanted.count else { return nil }
        return (start...(all.count - wanted.count)).first { index in
            all[index] == wanted[0] && all[index..<(index + wanted.count)].elementsEqual(wanted)
        }
    }
}
