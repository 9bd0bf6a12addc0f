// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

// PID controller: the heater of a tank.
//
// A converter of twelve bits reads a temperature sensor; a table turns its readings into hundredths of a degree, with a straight line
// between two entries. Readings are smoothed, the controller of pid.c computes how far to open the heater, and the result becomes a
// duty of the heater's switch in steps of eight bits. A user changes setpoint and gains at any time, to any value.
//
//     pid.h, pid.c     the controller, in fixed point
//     main.c           sensor, filter (in floating point), heater and the loop
//
// What there is to prove: no overflow in the controller whatever gains and setpoint the user chooses, no access outside the table, and
// no conversion of a floating-point number that does not fit.
//
//     make                       builds ./pid-controller with the system's C compiler and writes compile_commands.json
//     AI_SEED=7 ./pid-controller     one run on pseudo-random input
//     ai-check -p .              all runs on all inputs
#include <stdio.h>

#include "../ai.h"
#include "pid.h"

#define SEGMENTS 16u
#define SEGMENT_SIZE 256u // readings of one segment: 16 segments of 256 are all readings of twelve bits

// The temperature at the start of each segment, and at the end of the last, in hundredths of a degree.
static const short temperatures[SEGMENTS + 1] = {
    -4000, -2500, -1200, -100, 900, 1800, 2700, 3500, 4300, 5100, 5900, 6800, 7700, 8700, 9900, 11300, 13000,
};

struct heater {
    unsigned char duty; // 0 is off, 255 is always on
    unsigned switched;  // how often the duty changed
};

static int temperature(unsigned reading)
{
    unsigned segment = reading / SEGMENT_SIZE % SEGMENTS;
    int within = (int)(reading % SEGMENT_SIZE);
    int low = temperatures[segment];
    int high = temperatures[segment + 1];
    return low + (high - low) * within / (int)SEGMENT_SIZE;
}

// Exponential smoothing; the state stays in the sensor's range.
static int smooth(float *state, int value)
{
    *state += ((float)value - *state) * 0.25f;
    if (!(*state >= -4000.0f))
        *state = -4000.0f;
    if (*state > 13000.0f)
        *state = 13000.0f;
    return (int)*state;
}

static void drive(struct heater *heater, int output)
{
    unsigned char duty = (unsigned char)(output * 255 / PID_OUTPUT_MAX);
    if (duty != heater->duty) {
        heater->duty = duty;
        heater->switched++;
    }
}

int main(void)
{
    struct pid_gains gains = {512, 24, 128};
    struct pid pid;
    struct heater heater = {0, 0};
    float smoothed = 2000.0f;
    int setpoint = 6000;
    int measured = 0;
    unsigned steps = 0;

    pid_start(&pid, gains);
    while (__ai_any_bool()) {
        if (__ai_any_uchar() == 0) {
            setpoint = (int)__ai_any_ushort() - 20000;
            gains.proportional = (int)__ai_any_ushort() - 100;
            gains.integral = (int)__ai_any_ushort();
            pid_start(&pid, gains);
        }
        measured = smooth(&smoothed, temperature(__ai_any_ushort() & 0xfffu));
        drive(&heater, pid_step(&pid, setpoint, measured));
        steps++;
    }

    printf("%u steps, %d.%02d degrees, duty %u, switched %u times\n", steps, measured / 100,
           measured < 0 ? -(measured % 100) : measured % 100, heater.duty, heater.switched);
    return 0;
}
