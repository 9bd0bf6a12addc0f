// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

// Everything that enters a product is clamped first: a gain is at most 2^12 and an input at most 10^5, so that the sum of the three terms
// stays below 2^31. The derivative acts on the measurement, so that a step of the setpoint does not kick the output.
#include "pid.h"

#define ONE 256

static int clamp(int value, int low, int high)
{
    if (value < low)
        return low;
    if (value > high)
        return high;
    return value;
}

void pid_start(struct pid *pid, struct pid_gains gains)
{
    pid->gains.proportional = clamp(gains.proportional, 0, PID_GAIN_MAX);
    pid->gains.integral = clamp(gains.integral, 0, PID_GAIN_MAX);
    pid->gains.derivative = clamp(gains.derivative, 0, PID_GAIN_MAX);
    pid->integral = 0;
    pid->previous = 0;
    pid->primed = 0;
}

int pid_step(struct pid *pid, int setpoint, int measured)
{
    int target = clamp(setpoint, -PID_INPUT_MAX, PID_INPUT_MAX);
    int actual = clamp(measured, -PID_INPUT_MAX, PID_INPUT_MAX);
    int error = target - actual;
    int change = pid->primed ? actual - pid->previous : 0;
    pid->previous = actual;
    pid->primed = 1;

    // In output units times 256. The derivative's share is limited to the output's range at once.
    int proportional = pid->gains.proportional * error;
    int derivative = clamp(pid->gains.derivative * change, -PID_OUTPUT_MAX * ONE, PID_OUTPUT_MAX * ONE);
    int integral = clamp(pid->integral + pid->gains.integral * error / ONE, 0, PID_OUTPUT_MAX * ONE);
    int wanted = proportional + integral - derivative;

    // Anti-windup: the integral moves only while the output is not saturated, or when it leads back.
    int saturated_high = wanted > PID_OUTPUT_MAX * ONE && error > 0;
    int saturated_low = wanted < 0 && error < 0;
    if (!saturated_high && !saturated_low)
        pid->integral = integral;
    return clamp(wanted, 0, PID_OUTPUT_MAX * ONE) / ONE;
}
