import A7600
import ATProtocol
import Glibc
import Testing

@testable import ModemSimulator

@Suite("Many modules") struct ManyModulesTests {
    /// 256 modules, each with a connection, a stored certificate and a payload of the largest size.
    @Test("256 modules in use take less than 1 MiB each") func memory() throws {
        let before = try residentBytes()
        var benches: [Bench] = []
        for number in 0..<256 {
            var bench = Bench { $0.seed = UInt64(number) }
            _ = bench.send("ATE0\r")
            #expect(
                bench.at("AT+CCERTDOWN=\"ca.pem\",10240", data: [UInt8](repeating: 0x41, count: 10_240))
                    == Answers.prompt + Answers.ok
            )
            for line in ["AT+CMQTTSTART", "AT+CMQTTACCQ=0,\"u\(number)\"", "AT+CMQTTCONNECT=0,\"tcp://b:1883\",60,1"] {
                #expect(bench.at(line).contains("OK"))
            }
            #expect(
                bench.at("AT+CMQTTPAYLOAD=0,10240", data: [UInt8](repeating: 0x42, count: 10_240))
                    == Answers.prompt + Answers.ok
            )
            benches.append(bench)
        }
        // Other tests allocate at the same time; a module takes some tens of kilobytes, the limit is far off.
        let each = (try residentBytes() - before) / benches.count
        #expect(each < 1 << 20, "\(each) bytes")
        #expect(benches.allSatisfy { $0.module.status.connections.count == 1 })
    }

    /// Resident memory of this process, from `/proc/self/statm`.
    private func residentBytes() throws -> Int {
        let file = try #require(fopen("/proc/self/statm", "r"))
        defer { fclose(file) }
        var text = [CChar](repeating: 0, count: 128)
        let line = try #require(fgets(&text, Int32(text.count), file))
        let pages = try #require(Int(String(cString: line).split(separator: " ")[1]))
        return pages * Int(sysconf(Int32(_SC_PAGESIZE)))
    }
}
