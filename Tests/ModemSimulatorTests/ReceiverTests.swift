import ATProtocol
import Testing

@testable import ModemSimulator

@Suite struct ReceiverTests {
    private static func moment(_ milliseconds: Int64) -> Moment { Moment(nanoseconds: milliseconds * 1_000_000) }

    /// 300, 9600 and a rate that divides nothing evenly: no rounding may keep a byte from ever arriving.
    @Test(arguments: [300, 9600, 115_200, 333_333, 3_686_400])
    func everyByteArrivesWhenItsLastBitHas(baud: Int) throws {
        var receiver = Receiver()
        receiver.baud = baud
        let bytes = (0..<1000).map { UInt8(truncatingIfNeeded: $0) }
        receiver.append(bytes, at: Self.moment(5))
        var taken: [UInt8] = []
        var now = Self.moment(5)
        for _ in 0..<2000 {
            guard let next = receiver.next else { break }
            try #require(next > now)
            now = next
            let piece = receiver.take(at: now)
            try #require(!piece.isEmpty)
            taken += piece
            let needed = Int64(taken.count) * 10_000_000_000 / Int64(baud)
            #expect((now - Self.moment(5)).nanoseconds >= needed)
        }
        #expect(taken == bytes)
        let wireTime = 10_000_000_000_000 / Int64(baud)
        // A nanosecond a piece at most is added by rounding.
        #expect((now - Self.moment(5)).nanoseconds - wireTime < 2000)
    }

    @Test func whoLooksLateFindsAllThatHasComeMeanwhile() {
        var receiver = Receiver()
        receiver.baud = 9600
        receiver.append([UInt8](repeating: 1, count: 100), at: Self.moment(0))
        #expect(receiver.take(at: Self.moment(1)).isEmpty)
        #expect(receiver.take(at: Self.moment(50)).count == 48)
        #expect(receiver.take(at: Self.moment(200)).count == 52)
        #expect(receiver.next == nil)
    }

    @Test func withoutASpeedBytesAreThereAtOnce() {
        var receiver = Receiver()
        receiver.append([1, 2, 3], at: Self.moment(7))
        #expect(receiver.next == Self.moment(7))
        #expect(receiver.take(at: Self.moment(7)) == [1, 2, 3])
    }
}
