import SeededRandom

/// Changes fuzz cases at random, with a taste for what the engine looks for.
struct Mutator {
    private static let words: [[UInt8]] = [
        "\r\nOK\r\n", "\r\nERROR\r\n", "\r\n> ", ">", "\r", "\n", "\r\n", "AT\r", "\"", ",", "\0", "0\r", "4\r",
        "\r\n+CMQTTRXPAYLOAD: 0,5\r\nhello\r\n", "\r\n+CMQTTRXPAYLOAD: 0,", "\r\n+CMQTTRXTOPIC: 0,3\r\na/b\r\n",
        "\r\n+CMQTTRECV: 0,\"a\",3,\"xyz\"\r\n", "\r\n+CMQTTRXEND: 0\r\n", "\r\n+CMQTTCONNLOST: 0,1\r\n",
        "\r\n+CMQTTNONET\r\n", "\r\n*ATREADY: 1\r\n", "\r\n+CPIN: READY\r\n", "\r\n+CUSD: 1,\"a", "+CSQ: 1,2\r\n",
        "\r\n+CME ERROR: 10\r\n", "AT+CSQ\r", "+CMQTTPUB: 0,0\r\n", "+CMQTTCONNECT: 0,0\r\n", "+CMQTTSTART: 0\r\n",
        "\r\n+CMQTTRXPAYLOAD: 0,99999999\r\n",
    ].map { Array($0.utf8) }

    private let seeds: [FuzzCase]
    private let engines: Int
    private var random: SeededRandom

    init(seeds: [FuzzCase], engines: Int, seed: UInt64) {
        self.seeds = seeds
        self.engines = engines
        random = SeededRandom(seed: seed)
    }

    mutating func next() -> FuzzCase {
        var fuzzCase = seeds[random.below(seeds.count)]
        if random.below(4) == 0 { fuzzCase.engine = random.below(engines) }
        for _ in 0...random.below(6) { mutate(&fuzzCase) }
        return fuzzCase
    }

    private mutating func mutate(_ fuzzCase: inout FuzzCase) {
        let count = fuzzCase.operations.count
        let index = random.below(max(count, 1))
        switch random.below(12) {
        case 0 where count > 1: fuzzCase.operations.remove(at: index)
        case 1 where count > 1: fuzzCase.operations.swapAt(index, random.below(count))
        case 2 where count > 0 && count < 64: fuzzCase.operations.insert(fuzzCase.operations[index], at: index)
        case 3 where count < 64: fuzzCase.operations.insert(operation(), at: index)
        case 4:
            // The rest of another dialogue.
            let other = seeds[random.below(seeds.count)].operations
            let rest = other[random.below(max(other.count, 1))...]
            fuzzCase.operations = Array((fuzzCase.operations[..<index] + rest).prefix(64))
        default:
            guard count > 0, case .receive(var bytes) = fuzzCase.operations[index] else { return }
            mutate(&bytes)
            fuzzCase.operations[index] = .receive(bytes)
        }
    }

    private mutating func operation() -> FuzzCase.Operation {
        switch random.below(8) {
        case 0: .submit(random.below(FuzzCase.commandNames.count), random.below(2) * random.below(3000))
        case 1: .cancel(random.below(3))
        case 2, 3: .receive(Self.words[random.below(Self.words.count)])
        case 4: .written
        case 5: .wait(milliseconds: random.below(200))
        case 6: .wait(milliseconds: random.below(20_000))
        default: random.below(2) == 0 ? .close : .open
        }
    }

    private mutating func mutate(_ bytes: inout [UInt8]) {
        let index = random.below(bytes.count + 1)
        switch random.below(7) {
        case 0 where index < bytes.count: bytes[index] ^= 1 << UInt8(random.below(8))
        case 1 where index < bytes.count: bytes[index] = UInt8(truncatingIfNeeded: random.next())
        case 2 where index < bytes.count: bytes.remove(at: index)
        case 3: bytes.removeSubrange(index..<min(bytes.count, index + random.below(16)))
        case 4 where bytes.count < 4096: bytes.insert(contentsOf: bytes[index...].prefix(32), at: index)
        case 5 where index < bytes.count && bytes[index] >= 0x30 && bytes[index] <= 0x39:
            bytes[index] = 0x30 + UInt8(random.below(10))
        default: bytes.insert(contentsOf: Self.words[random.below(Self.words.count)], at: index)
        }
    }
}
