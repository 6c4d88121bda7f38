"""Makes everything in this folder: scenes, a depth network trained on them, the same world through another camera."""

import hashlib
from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import TensorProto, helper, numpy_helper
from torch import nn
from torch.nn import functional as F

HERE = Path(__file__).parent
HEIGHT, WIDTH = 32, 48
TRAIN, SEARCH, TEST = 6000, 96, 128
EPOCHS = 25
HAZE = np.array([0.35, 0.48, 0.68])

# Per channel: gain, offset and gamma. Then vignetting at the corner, the radiance at which the sensor is full, noise, and
# the spread of the exposure between images. Vignetting, gamma, clipping and noise are not undone by any mean and std.
FACTORY = dict(gain=[1, 1, 1], offset=[0, 0, 0], gamma=[2.2, 2.2, 2.2], vignette=0.0, full=1.0, noise=0.01, exposure=0.02)
DEPLOYED = dict(
    gain=[1.08, 1.0, 0.94],
    offset=[0.0, -0.01, -0.01],
    gamma=[2.1, 2.2, 2.3],
    vignette=0.25,
    full=0.6,
    noise=0.02,
    exposure=0.03,
)


def rays(rng):
    """Directions with z = 1 through every pixel, y pointing down."""
    focal, pitch = rng.uniform(34, 48), rng.uniform(-0.12, 0.30)
    v, u = np.mgrid[0:HEIGHT, 0:WIDTH] + 0.5
    return (u - WIDTH / 2) / focal, (v - HEIGHT / 2) / focal + pitch


def sphere(dx, dy, centre, radius):
    """Depth and unit normal where the rays meet a sphere, infinite depth where they do not."""
    cx, cy, cz = centre
    a = dx**2 + dy**2 + 1
    b = dx * cx + dy * cy + cz
    disc = b**2 - a * (cx**2 + cy**2 + cz**2 - radius**2)
    z = np.where(disc > 0, (b - np.sqrt(np.maximum(disc, 0))) / a, np.inf)
    at = np.where(np.isfinite(z), z, cz)
    return z, np.stack([at * dx - cx, at * dy - cy, at - cz]) / radius


def box(dx, dy, centre, half):
    """The same for an axis-aligned box."""
    d = np.stack([dx, dy, np.ones_like(dx)])
    d = np.where(np.abs(d) < 1e-6, 1e-6, d)
    c, h = np.reshape(centre, (3, 1, 1)), np.reshape(half, (3, 1, 1))
    near, far = np.minimum((c - h) / d, (c + h) / d), np.maximum((c - h) / d, (c + h) / d)
    enter, leave = near.max(0), far.min(0)
    face = near.argmax(0) == np.arange(3).reshape(3, 1, 1)
    return np.where((enter < leave) & (enter > 0.5), enter, np.inf), -np.sign(d) * face


def scene(rng):
    """Linear radiance [3,H,W] and depth [H,W] in metres: floor, back wall, spheres and boxes in a haze."""
    dx, dy = rays(rng)
    eye, wall = rng.uniform(1.0, 2.5), rng.uniform(9, 22)
    flat = np.zeros((3, HEIGHT, WIDTH))
    up, back = flat.copy(), flat.copy()
    up[1], back[2] = -1, -1
    surfaces = [(np.where(dy > 0, eye / np.maximum(dy, 1e-6), np.inf), up), (np.full_like(dx, wall), back)]
    for _ in range(rng.integers(3, 8)):
        z, size = np.exp(rng.uniform(np.log(2.2), np.log(wall))), rng.uniform(0.4, 1.6, 3)
        x = rng.uniform(-0.6, 0.6) * z
        if rng.random() < 0.5:
            surfaces.append(sphere(dx, dy, (x, eye - size[0], z + size[0]), size[0]))
        else:
            surfaces.append(box(dx, dy, (x, eye - size[1], z + size[2]), size))
    depths = np.stack([z for z, _ in surfaces])
    first, depth = depths.argmin(0), depths.min(0)
    light = rng.normal(size=3) * [0.5, 0.2, 0.4] + [0, -1, -0.8]
    light /= np.linalg.norm(light)
    sun, radiance = rng.uniform(0.6, 0.9), np.zeros((3, HEIGHT, WIDTH))
    for k, (_, normal) in enumerate(surfaces):
        shade = 0.35 + sun * np.maximum(np.tensordot(light, normal, 1), 0)
        grain = np.floor(dx * depth * 1.5 + rng.random()) + np.floor(dy * depth * 1.5) + np.floor(depth * 1.5)
        checker = 1 - rng.uniform(0, 0.35) * (grain % 2)
        albedo = rng.uniform(0.05, 0.8) * rng.uniform(0.75, 1.25, 3)
        radiance = np.where(first == k, albedo[:, None, None] * shade * checker, radiance)
    clear = np.exp(-0.09 * depth)
    return radiance * clear + HAZE[:, None, None] * (1 - clear), depth


def photograph(rng, radiance, gain, offset, gamma, vignette, full, noise, exposure):
    """uint8 image of a radiance: vignetting, gain, offset, clipping, gamma, noise, clipping, 8 bits."""
    v, u = np.mgrid[-1 : 1 : HEIGHT * 1j, -1 : 1 : WIDTH * 1j]
    column = lambda a: np.reshape(a, (3, 1, 1))
    seen = radiance * (1 - vignette * (u**2 + v**2) / 2) * np.exp(rng.normal(0, exposure))
    seen = np.clip(seen * column(gain) + column(offset), 0, full) ** (1 / column(gamma))
    return np.round(255 * np.clip(seen + rng.normal(0, noise, seen.shape), 0, 1)).astype(np.uint8)


def photographs(seed, count, camera):
    """Images [count,3,H,W] uint8 and depths [count,1,H,W] in metres; every seed is another set of scenes."""
    rng = np.random.default_rng(seed)
    pairs = [(photograph(rng, radiance, **camera), depth) for radiance, depth in (scene(rng) for _ in range(count))]
    depth = np.stack([d for _, d in pairs])[:, None]
    return np.stack([i for i, _ in pairs]), (np.round(depth * 64) / 64).astype(np.float32)


class DepthNet(nn.Module):
    """Normalises, encodes to 4x6, decodes with two skips to the logarithm of depth."""

    def __init__(self, mean, std):
        super().__init__()
        self.register_buffer("mean", mean)
        self.register_buffer("std", std)
        self.enc1, self.enc2 = nn.Conv2d(3, 16, 3, 2, 1), nn.Conv2d(16, 32, 3, 2, 1)
        self.enc3, self.mid = nn.Conv2d(32, 48, 3, 2, 1), nn.Conv2d(48, 48, 3, 1, 1)
        self.dec2, self.dec1 = nn.Conv2d(48, 32, 3, 1, 1), nn.Conv2d(32, 16, 3, 1, 1)
        self.head = nn.Conv2d(16, 1, 3, 1, 1)

    def forward(self, image):
        up = lambda t: F.interpolate(t, scale_factor=2.0, mode="nearest")
        x = (image.float() / 255 - self.mean) / self.std
        e1 = F.relu(self.enc1(x))
        e2 = F.relu(self.enc2(e1))
        m = F.relu(self.mid(F.relu(self.enc3(e2))))
        d2 = F.relu(self.dec2(up(m))) + e2
        d1 = F.relu(self.dec1(up(d2))) + e1
        return torch.exp(self.head(up(d1)))


def train(image, depth):
    torch.manual_seed(3)
    scaled = image.float() / 255
    net = DepthNet(scaled.mean((0, 2, 3)).reshape(3, 1, 1), scaled.std((0, 2, 3)).reshape(3, 1, 1))
    nn.init.constant_(net.head.bias, 2.0)
    steps = EPOCHS * (len(image) // 32)
    optimizer = torch.optim.AdamW(net.parameters(), 3e-3, weight_decay=1e-3)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, 4e-3, steps)
    for epoch in range(EPOCHS):
        for batch in torch.randperm(len(image)).split(32):
            if len(batch) < 32:
                continue
            flip = [3] if torch.rand(()) < 0.5 else []
            loss = (torch.log(net(image[batch].flip(flip))) - torch.log(depth[batch].flip(flip))).abs().mean()
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            schedule.step()
        print(f"epoch {epoch + 1}: {loss.item():.3f}", flush=True)
    return net.eval()


def graph(net):
    """The network as ONNX, node by node: `mean` and `std` stay tensors of their own, under these names."""
    nodes, tensors = [], {k: v.detach().numpy() for k, v in net.state_dict().items()}
    tensors["white"] = np.array(255, np.float32)
    tensors["twice"] = np.array([1, 1, 2, 2], np.float32)

    def add(op, out, *inputs, **attributes):
        nodes.append(helper.make_node(op, inputs, [out], **attributes))
        return out

    def conv(name, x, stride=1):
        return add("Conv", name, x, f"{name}.weight", f"{name}.bias", strides=[stride] * 2, pads=[1] * 4)

    def up(out, x):
        nearest = dict(mode="nearest", coordinate_transformation_mode="asymmetric", nearest_mode="floor")
        return add("Resize", out, x, "", "twice", **nearest)

    unit = add("Div", "unit", add("Cast", "levels", "image", to=TensorProto.FLOAT), "white")
    x = add("Div", "normalised", add("Sub", "centred", unit, "mean"), "std")
    e1 = add("Relu", "e1", conv("enc1", x, 2))
    e2 = add("Relu", "e2", conv("enc2", e1, 2))
    m = add("Relu", "m", conv("mid", add("Relu", "e3", conv("enc3", e2, 2))))
    d2 = add("Add", "d2", add("Relu", "r2", conv("dec2", up("up2", m))), e2)
    d1 = add("Add", "d1", add("Relu", "r1", conv("dec1", up("up1", d2))), e1)
    add("Exp", "depth", conv("head", up("up0", d1)))
    return helper.make_graph(
        nodes,
        "depth",
        [helper.make_tensor_value_info("image", TensorProto.UINT8, ["N", 3, HEIGHT, WIDTH])],
        [helper.make_tensor_value_info("depth", TensorProto.FLOAT, ["N", 1, HEIGHT, WIDTH])],
        [numpy_helper.from_array(np.ascontiguousarray(v), k) for k, v in tensors.items()],
    )


def save(net):
    opset = [helper.make_opsetid("", 17)]
    model = helper.make_model(graph(net), opset_imports=opset, ir_version=8, producer_name="examples/depth/make.py")
    onnx.checker.check_model(model, full_check=True)
    onnx.save(model, HERE / "depth.onnx")
    return hashlib.sha256((HERE / "depth.onnx").read_bytes()).hexdigest()


STUDY = """\
# Made by make.py: adapts a depth network to a camera that it was not trained for. Its input normalisation may move.
name: depth
model: {{uri: depth.onnx, sha256: {sha256}}}
aleph:
  - {{tensor: mean, transform: shift, range: [-0.5, 0.5], step: 0.05}}
  - {{tensor: std, transform: scale, range: [0.25, 4], log: true, step: 0.15}}
data: {{search: search.npz, test: test.npz}}
loss: {{type: depth-threshold, delta: 1.25}}
optimizer: {{type: auto, budget: 300, parallelism: 8, seed: 1, runs: 1}}
evaluation: {{timeout: 60s, pool: default}}
"""


def off(net, image, depth):
    """Share of pixels that are off by more than a factor of 1.25, the mean over images."""
    with torch.no_grad():
        p, t = net(torch.tensor(image)).numpy(), depth
    return (np.maximum(p / t, t / p) > 1.25).mean((1, 2, 3)).mean()


def main():
    torch.set_num_threads(2)
    torch.use_deterministic_algorithms(True)
    net = train(*map(torch.tensor, photographs(1, TRAIN, FACTORY)))
    (HERE / "study.yaml").write_text(STUDY.format(sha256=save(net)))
    for name, seed, count in (("search", 2, SEARCH), ("test", 3, TEST)):
        image, depth = photographs(seed, count, DEPLOYED)
        np.savez_compressed(HERE / f"{name}.npz", image=image, target=depth)
        print(f"{name}: {count} images, off {off(net, image, depth):.4f}")
    print(f"through the factory camera, other scenes: off {off(net, *photographs(4, TEST, FACTORY)):.4f}")


if __name__ == "__main__":
    main()
