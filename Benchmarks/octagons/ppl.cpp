// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// The same octagons and the same trace as Sources/octagon-benchmark, on the Parma Polyhedra Library's Octagonal_Shape.
// NUMBER is the type of its coefficients: double is rounded outward, mpz_class exact.
#include <ppl.hh>
#include <time.h>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <vector>

using namespace Parma_Polyhedra_Library;
typedef Octagonal_Shape<NUMBER> Shape;

static double processorTime() {
    timespec time;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
    return time.tv_sec + time.tv_nsec * 1e-9;
}

template <class Body>
static double measure(Body body) {
    body();
    double best = INFINITY;
    long repetitions = 1;
    for (int batch = 0; batch < 4; batch++) {
        for (;;) {
            double start = processorTime();
            for (long i = 0; i < repetitions; i++) body();
            double elapsed = processorTime() - start;
            if (elapsed >= 0.03) {
                best = std::min(best, elapsed * 1e9 / repetitions);
                break;
            }
            repetitions = elapsed < 0.002 ? repetitions * 10 : long(repetitions * 0.036 / elapsed) + 1;
        }
        if (best > 2e8) break;
    }
    return best;
}

static void report(const char *operation, int dimensions, double nanoseconds, const char *detail = "") {
    printf("%s\t%s\t%d\t%.1f\t%s\n", NAME, operation, dimensions, nanoseconds, detail);
    fflush(stdout);
}

struct Random {
    uint64_t state;
    uint64_t next() {
        uint64_t z = (state += 0x9e3779b97f4a7c15ull);
        z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9ull;
        z = (z ^ (z >> 27)) * 0x94d049bb133111ebull;
        return z ^ (z >> 31);
    }
    int next(int limit) { return int(next() % uint64_t(limit)); }
};

static Linear_Expression literal(int index) {
    Linear_Expression result;
    if (index & 1)
        result -= Variable(index / 2);
    else
        result += Variable(index / 2);
    return result;
}

static int value(int literal, const std::vector<int> &point) {
    return literal & 1 ? -point[literal / 2] : point[literal / 2];
}

// literal p + literal q <= bound
static Constraint atMost(int p, int q, long bound) { return literal(p) + literal(q) <= Coefficient(bound); }

struct Dense {
    std::vector<int> point;
    Shape raw;

    Dense(int dimensions, uint64_t seed) : point(dimensions), raw(dimensions) {
        Random generator{seed};
        for (int &coordinate : point) coordinate = generator.next(201) - 100;
        for (int p = 0; p < 2 * dimensions; p++)
            for (int q = 0; q <= p; q++)
                if (q != (p ^ 1)) {
                    long sum = value(p, point) + value(q, point) + generator.next(1000);
                    raw.add_constraint(atMost(p, q, 2 * sum));
                }
    }

    std::vector<Constraint> guards(int count, uint64_t seed) const {
        Random generator{seed};
        std::vector<Constraint> result;
        int literals = 2 * int(point.size());
        for (int i = 0; i < count; i++) {
            int p, q;
            do {
                p = generator.next(literals);
                q = generator.next(literals);
            } while (p / 2 == q / 2);
            result.push_back(atMost(p, q, 2 * (value(p, point) + value(q, point))));
        }
        return result;
    }
};

// Work is done lazily by the library: asking for emptiness closes a shape. Guards pay for a copy in four of what they
// are added to, as those of the other program do.
static void measureDense(int dimensions) {
    Dense dense(dimensions, 1000 + dimensions), otherDense(dimensions, 2000 + dimensions);
    double copy = measure([&] { Shape shape(dense.raw); });
    double closure = measure([&] {
        Shape shape(dense.raw);
        if (shape.is_empty()) abort();
    });
    report("closure", dimensions, closure - copy);
    Shape shape(dense.raw), other(otherDense.raw);
    if (shape.is_empty() || other.is_empty()) abort();
    auto guards = dense.guards(4, 3000 + dimensions);
    double four = measure([&] {
        Shape result(shape);
        for (auto &constraint : guards) {
            result.add_constraint(constraint);
            if (result.is_empty()) abort();
        }
    });
    report("guard", dimensions, four / 4);
    Shape join(shape);
    join.upper_bound_assign(other);
    if (join.is_empty()) abort();
    report("join", dimensions, measure([&] {
        Shape result(shape);
        result.upper_bound_assign(other);
    }));
    report("inclusion", dimensions, measure([&] {
        if (!join.contains(shape)) abort();
    }));
    report("widening", dimensions, measure([&] {
        Shape result(join);
        result.BHMZ05_widening_assign(shape);
        if (result.is_empty()) abort();
    }));
    report("x := x + c", dimensions, measure([&] {
        Shape result(shape);
        result.affine_image(Variable(1), Linear_Expression(Variable(1)) + 6);
        if (result.is_empty()) abort();
    }));
    report("x := y + c", dimensions, measure([&] {
        Shape result(shape);
        result.affine_image(Variable(1), Linear_Expression(Variable(2)) + 6);
        if (result.is_empty()) abort();
    }));
    report("forget", dimensions, measure([&] {
        Shape result(shape);
        result.unconstrain(Variable(1));
        if (result.is_empty()) abort();
    }));
}

struct Trace {
    int loops;
    long operations = 0, rounds = 0;

    int dimensions() const { return 1 + 5 * loops; }

    static Linear_Expression plus(int x, long constant) { return Linear_Expression(Variable(x)) + Coefficient(constant); }

    static void assume(Shape &shape, const Constraint &constraint) { shape.add_constraint(constraint); }

    static void difference(Shape &shape, int x, int y, long bound) {
        shape.add_constraint(Variable(x) - Variable(y) <= Coefficient(bound));
    }

    static void widen(Shape &invariant, Shape next) {
        next.BHMZ05_widening_assign(invariant);
        invariant.m_swap(next);
    }

    void inner(Shape &state, int loop) {
        int i = 1 + 5 * loop, j = i + 1, n = i + 2, m = i + 3, k = i + 4;
        state.unconstrain(Variable(n));
        assume(state, Variable(n) >= 0);
        assume(state, Variable(n) <= 100);
        state.affine_image(Variable(i), Linear_Expression(0));
        state.affine_image(Variable(j), plus(i, 0));
        state.affine_image(Variable(m), plus(n, 5));
        operations += 6;
        Shape invariant(state);
        for (int round = 0;; round++) {
            rounds++;
            Shape then(invariant);
            difference(then, i, n, -1);
            Shape otherwise(then);
            difference(then, j, n, 10);
            then.affine_image(Variable(j), plus(j, 1));
            difference(otherwise, n, j, -11);
            then.upper_bound_assign(otherwise);
            then.affine_image(Variable(i), plus(i, 1));
            then.affine_image(Variable(k), 2 * Variable(i) - Variable(j) + 3);
            operations += 8;
            if (invariant.contains(then)) break;
            Shape next(invariant);
            next.upper_bound_assign(then);
            operations++;
            if (round < 1) {
                invariant.m_swap(next);
            } else {
                widen(invariant, next);
                operations++;
            }
        }
        difference(invariant, n, i, 0);
        operations++;
        if (loop > 0 && loop % 4 == 1) {
            difference(invariant, i, i - 5, 200);
            operations++;
        }
        state.m_swap(invariant);
    }

    double run() {
        Shape invariant(dimensions());
        invariant.affine_image(Variable(0), Linear_Expression(0));
        double checksum = 0;
        for (int round = 0;; round++) {
            Shape body(invariant);
            assume(body, Variable(0) <= 9);
            for (int loop = 0; loop < loops; loop++) inner(body, loop);
            body.affine_image(Variable(0), plus(0, 1));
            operations += 2;
            checksum = 0;
            for (int x = 0; x < dimensions(); x++) {
                Coefficient numerator, denominator;
                bool isMaximum;
                if (body.maximize(Linear_Expression(Variable(x)), numerator, denominator, isMaximum))
                    checksum += std::floor(numerator.get_d() / denominator.get_d()) * (x % 5 + 1);
                else
                    checksum += 0.001;
            }
            operations++;
            if (invariant.contains(body)) break;
            Shape next(invariant);
            next.upper_bound_assign(body);
            operations++;
            if (round < 1) {
                invariant.m_swap(next);
            } else {
                widen(invariant, next);
                operations++;
            }
        }
        assume(invariant, Variable(0) >= 10);
        if (invariant.is_empty()) abort();
        operations++;
        return checksum;
    }
};

// Stops before a trace that would take longer than the budget, in seconds: time grows with the cube at least.
static void measureTraces(double budget) {
    double last = 0;
    for (int loops : {2, 4, 10, 20, 40, 80}) {
        if (last * 16 > budget) return;
        double best = INFINITY, checksum = 0, start = processorTime();
        Trace trace{loops};
        for (int repetition = 0; repetition < 3; repetition++) {
            trace = Trace{loops};
            double before = processorTime();
            checksum = trace.run();
            best = std::min(best, processorTime() - before);
            if (processorTime() - start > 2) break;
        }
        last = best;
        char detail[200];
        snprintf(detail, sizeof detail, "operations=%ld rounds=%ld bounds=%.15g", trace.operations, trace.rounds, checksum);
        report("trace", trace.dimensions(), best * 1e9 / trace.operations, detail);
    }
}

int main(int count, char **arguments) {
    restore_pre_PPL_rounding();
    set_rounding_for_PPL();
    double budget = count > 2 ? atof(arguments[2]) : 60;
    if (count > 1 && !strcmp(arguments[1], "trace")) {
        measureTraces(budget);
    } else {
        // Ends where one size takes longer than the budget.
        for (int dimensions : {3, 5, 10, 20, 50, 100, 200, 400}) {
            double start = processorTime();
            measureDense(dimensions);
            if (6 * (processorTime() - start) > budget) return 0;
        }
    }
}
