import ATProtocol
import Testing

@testable import ModemSimulator

@Suite struct TransmitterTests {
    private let answer = Array("0123456789abcdefghijklmnopqrstuvwxyz".utf8)

    /// What has come out at each of these times, in microseconds after the start.
    private func arrivals(_ transmitter: inout Transmitter, at times: [Int64]) -> [Int] {
        var agenda = Agenda()
        transmitter.send(answer, at: Moment(nanoseconds: 0), agenda: &agenda)
        return times.map { time in
            let now = Moment(nanoseconds: time * 1000)
            while agenda.takeDue(at: now) != nil { transmitter.release(nil, agenda: &agenda) }
            return transmitter.take().count
        }
    }

    @Test func `a byte arrives when its last bit has, a millisecond's worth at a time`() {
        var transmitter = Transmitter()
        transmitter.baud = 115_200
        // 11 bytes take 955 µs, 36 bytes 3125 µs.
        #expect(arrivals(&transmitter, at: [954, 955, 1909, 1910, 3124, 3125]) == [0, 11, 0, 11, 11, 3])
    }

    @Test func `a host that looks late finds everything that has come by then`() {
        var transmitter = Transmitter()
        transmitter.baud = 9600
        #expect(arrivals(&transmitter, at: [100, 11_000, 37_500]) == [0, 10, 26])
    }
}
