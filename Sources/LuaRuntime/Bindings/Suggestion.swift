/// The nearest known name to a misspelt one.
public enum Suggestion {
    /// `unknown option 'timout' (did you mean 'timeout'?)`.
    public static func unknown(_ noun: String, _ name: String, among known: [String]) -> String {
        if let nearest = nearest(to: name, among: known) {
            "unknown \(noun) '\(name)' (did you mean '\(nearest)'?)"
        } else {
            "unknown \(noun) '\(name)'"
        }
    }

    /// The known name with the fewest edits, when they are few for its length; the first one of equals.
    public static func nearest(to name: String, among known: [String]) -> String? {
        let candidates = known.map { (name: $0, distance: distance(Array(name.utf8), Array($0.utf8))) }
        guard let best = candidates.min(by: { $0.distance < $1.distance }) else { return nil }
        return best.distance <= max(1, min(name.utf8.count, best.name.utf8.count) / 3) ? best.name : nil
    }

    /// Edits between two names; two neighbours swapped count once.
    static func distance(_ left: [UInt8], _ right: [UInt8]) -> Int {
        guard left.count <= 64, right.count <= 64 else { return .max }
        var beforeLast: [Int] = []
        var last = Array(0...right.count)
        for i in left.indices {
            var row = [i + 1]
            for j in right.indices {
                var cost = min(last[j + 1] + 1, row[j] + 1, last[j] + (left[i] == right[j] ? 0 : 1))
                if i > 0, j > 0, left[i] == right[j - 1], left[i - 1] == right[j] {
                    cost = min(cost, beforeLast[j - 1] + 1)
                }
                row.append(cost)
            }
            beforeLast = last
            last = row
        }
        return last[right.count]
    }
}
