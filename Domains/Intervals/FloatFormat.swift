// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

/// The floating-point formats of the target (IEC 60559, C11 annex F).
@frozen
public enum FloatFormat: UInt8, Sendable, CaseIterable {
    /// `float`
    case binary32
    /// `double`
    case binary64
    /// `long double` and any other format: its values are not tracked.
    case extended
}

// Operations of a format on values of that format, carried in a Double. All round to nearest, ties to even.
extension FloatFormat {
    /// The nearest value of the format; overflow gives an infinity.
    @inlinable
    public func rounded(_ value: Double) -> Double { self == .binary32 ? Double(Float(value)) : value }

    /// The nearest value of the format.
    @inlinable
    public func rounded(_ value: Int128) -> Double {
        // Values of up to 64 bits are converted by the machine, the others exactly by the library.
        if let small = Int64(exactly: value) { return self == .binary32 ? Double(Float(small)) : Double(small) }
        return self == .binary32 ? Double(Float(value)) : Double(value)
    }

    /// The least value of the format above `value`.
    @inlinable
    public func next(above value: Double) -> Double {
        self == .binary32 ? Double(Float(value).nextUp) : value.nextUp
    }

    /// The greatest value of the format below `value`.
    @inlinable
    public func next(below value: Double) -> Double {
        self == .binary32 ? Double(Float(value).nextDown) : value.nextDown
    }

    @inlinable
    public func sum(_ x: Double, _ y: Double) -> Double {
        self == .binary32 ? Double(Float(x) + Float(y)) : x + y
    }

    @inlinable
    public func difference(_ x: Double, _ y: Double) -> Double {
        self == .binary32 ? Double(Float(x) - Float(y)) : x - y
    }

    @inlinable
    public func product(_ x: Double, _ y: Double) -> Double {
        self == .binary32 ? Double(Float(x) * Float(y)) : x * y
    }

    @inlinable
    public func quotient(_ x: Double, _ y: Double) -> Double {
        self == .binary32 ? Double(Float(x) / Float(y)) : x / y
    }

    @inlinable
    public func squareRoot(_ x: Double) -> Double {
        self == .binary32 ? Double(Float(x).squareRoot()) : x.squareRoot()
    }
}
