import CLuaShim
import Glibc
import Testing

/// A session that uses everything, with every allocation failing in turn.
@Suite struct AllocationFailureTests {
    /// Shared with scripts/sanitize.
    static let session = read("scripts/sanitizers/session.lua")

    private static func read(_ path: String) -> String {
        let root = #filePath.split(separator: "/").dropLast(3).reduce("") { $0 + "/" + $1 }
        var bytes = [UInt8](repeating: 0, count: 1 << 16)
        guard let file = fopen(root + "/" + path, "r") else { return "" }
        defer { fclose(file) }
        let count = fread(&bytes, 1, bytes.count, file)
        return String(decoding: bytes.prefix(count), as: UTF8.self)
    }

    @Test func aSessionWithoutFailuresGivesEverythingBack() {
        let host = ShimHost()
        #expect(host.bind())
        #expect(host.run(Self.session) == MWL_FAILED)
        #expect(String(decoding: host.written, as: UTF8.self).contains("value=key, v=k\t2"))
        #expect(host.close() == 0)
    }

    @Test(arguments: [false, true])
    func everyFailingAllocationIsSurvived(andAfter: Bool) {
        var allocation: UInt64 = 1
        var completed = 0
        while completed < 3, allocation < 20_000 {
            let host = ShimHost(failAt: allocation, andAfter: andAfter)
            if host.state != nil, host.bind(), host.run(Self.session) != nil {
                var usage = mwl_usage_counts()
                mwl_usage(host.state, &usage)
                #expect(usage.stack == 0, "allocation \(allocation)")
                if usage.allocations < allocation { completed += 1 }
            }
            #expect(host.close() == 0, "allocation \(allocation)")
            allocation += 1
        }
        #expect(completed == 3, "the session never ran without a failure up to \(allocation)")
    }
}
