// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors
//
// A case that the intermediate form cannot represent.

int main(void)
{
    unsigned __int128 key = (unsigned __int128)-1;
    int found = 0;
    switch (key) { // imprecise: unsupported
    case (unsigned __int128)-1:
        found = 2;
    }
    return found;
}
