"""Peaks: local maxima of the smoothed curve that are high enough and far enough apart."""


def smooth(values, width):
    half = int(width)
    out = []
    for i in range(len(values)):
        window = values[max(0, i - half) : i + half + 1]
        out.append(sum(window) / len(window))
    return out


def find_peaks(values, settings):
    curve = smooth(values, settings["smoothing"])
    found = []
    for i in range(1, len(curve) - 1):
        if curve[i] >= settings["threshold"] and curve[i - 1] < curve[i] >= curve[i + 1]:
            if not found or i - found[-1] >= settings["distance"]:
                found.append(i)
            elif curve[i] > curve[found[-1]]:
                found[-1] = i
    return found
