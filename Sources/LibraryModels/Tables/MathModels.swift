// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

extension LibraryModels {
    /// Each function of <math.h> with a variant for float, whose name ends in f.
    static let mathematics: [LibraryModel] =
        forBothTypes.flatMap { name, predicate in
            [name, name + "f"].map {
                LibraryModel($0, file: "math.c", header: "math.h", assumption: "\($0) \(predicate).")
            }
        }
        + [LibraryModel](
            file: "math.c", header: "math.h",
            [
                "isnan": "tells whether its argument is a NaN",
                "isinf": "returns 1 for infinity, -1 for negative infinity, 0 else",
                "finite": "tells whether its argument is neither infinite nor a NaN",
            ])

    private static let anything = "returns any value"
    private static let integer = "returns any integer, also where the result is out of range"
    private static let nextInteger = "returns a number at most 1 away from its argument, or the NaN it got"

    private static let forBothTypes: KeyValuePairs<String, String> = [
        "fabs": "returns the absolute value exactly",
        "floor": "returns a number from x - 1 to x, or the NaN it got",
        "ceil": "returns a number from x to x + 1, or the NaN it got",
        "trunc": nextInteger, "round": nextInteger, "rint": nextInteger, "nearbyint": nextInteger,
        "tan": anything, "sinh": anything, "asinh": anything, "acosh": anything, "atanh": anything,
        "log": anything, "log2": anything, "log10": anything, "log1p": anything, "cbrt": anything,
        "erf": anything, "erfc": anything, "tgamma": anything, "logb": anything,
        "pow": anything, "remainder": anything, "nextafter": anything, "fdim": anything,
        "sqrt": "returns a number that is not negative where its argument is not, any value else",
        "exp": "returns a number that is not negative, any value for a NaN",
        "exp2": "returns a number that is not negative, any value for a NaN",
        "expm1": "returns a number of at least -1, any value for a NaN",
        "cosh": "returns a number of at least 1, any value for a NaN",
        "tanh": "returns a number from -1 to 1, any value for a NaN",
        "sin": "returns a number from -1 to 1, any value for a NaN or an infinity",
        "cos": "returns a number from -1 to 1, any value for a NaN or an infinity",
        "atan": "returns a number from -1.6 to 1.6, any value for a NaN",
        "asin": "returns a number from -1.6 to 1.6 for an argument from -1 to 1, any value else",
        "acos": "returns a number from 0 to 3.2 for an argument from -1 to 1, any value else",
        "atan2": "returns a number from -3.2 to 3.2, any value for a NaN",
        "hypot": "returns a number that is not negative, any value for a NaN",
        "fmod": "returns a number between 0 and x smaller than y, any value where x is infinite, y is 0 or one a NaN",
        "fmax": "returns the larger argument, or the one that is not a NaN",
        "fmin": "returns the smaller argument, or the one that is not a NaN",
        "ldexp": "returns any number of its argument's sign, any value for a NaN",
        "scalbn": "returns any number of its argument's sign, any value for a NaN",
        "scalbln": "returns any number of its argument's sign, any value for a NaN",
        "frexp":
            "returns a number of absolute value from 0.5 to below 1 and stores an exponent from -1073 to 1024; exact for 0",
        "modf": "returns a part below 1 and stores one of at most x, both with the sign of x",
        "lround": integer, "lrint": integer, "llround": integer, "llrint": integer, "ilogb": integer,
        "copysign": "returns x or -x",
        "__isnan": "tells whether its argument is a NaN",
        "__isinf": "returns 1 for infinity, -1 for negative infinity, 0 else",
        "__finite": "tells whether its argument is neither infinite nor a NaN",
        "__signbit": "tells the sign of a number that is not 0, any for the others",
        "__fpclassify": "returns the class of its argument; of normal and subnormal numbers any of the two",
    ]
}
