#!/usr/bin/env python3
"""The peer of the benchmark: one training step of each model in PyTorch on the CPU, at its best.

torch_peer.py THREADS   then one line in, "MODEL SECONDS", one line out, samples per second; warm-up is not timed.
The same nets, losses and optimisers as tests/bench/bench.c: see there."""
import sys
import time

import torch
from torch import nn
import torch.nn.functional as F

THREADS = int(sys.argv[1])
torch.set_num_threads(THREADS)
torch.set_num_interop_threads(1)
torch.manual_seed(1)


def dense(*sizes, act):
    layers = []
    for i, (a, b) in enumerate(zip(sizes, sizes[1:])):
        layers.append(nn.Linear(a, b))
        if i + 2 < len(sizes):
            layers.append(act())
    return nn.Sequential(*layers)


def gan_step(G, D, opt_g, opt_d, z_dim, real, B):
    """One batch of fakes serves both players, as in bench.c. D: real up, fake down; G: fool the new D
    (non-saturating)."""
    one, zero = torch.ones(B, 1), torch.zeros(B, 1)
    loss = F.binary_cross_entropy_with_logits

    def step():
        fake = G(torch.randn(B, z_dim))
        opt_d.zero_grad(set_to_none=True)
        (loss(D(real), one) + loss(D(fake.detach()), zero)).backward()
        opt_d.step()
        for p in D.parameters():
            p.requires_grad_(False)
        opt_g.zero_grad(set_to_none=True)
        loss(D(fake), one).backward()
        opt_g.step()
        for p in D.parameters():
            p.requires_grad_(True)

    return step


def linear_ae():
    B = 128
    x, W = torch.rand(B, 784), nn.Parameter(0.03 * torch.randn(784, 32))
    opt = torch.optim.SGD([W], lr=1e-3, momentum=0.9)

    def step():
        opt.zero_grad(set_to_none=True)
        (((x @ W) @ W.T - x).square().sum() / B).backward()
        opt.step()

    return step, B


def deep_ae():
    B = 128
    x, net = torch.rand(B, 784), dense(784, 256, 64, 2, 64, 256, 784, act=nn.ReLU)
    opt = torch.optim.Adam(net.parameters(), lr=1e-3)

    def step():
        opt.zero_grad(set_to_none=True)
        ((net(x) - x).square().sum() / B).backward()
        opt.step()

    return step, B


def vae():
    B, Z = 128, 20
    x, enc, dec = torch.rand(B, 784), dense(784, 400, 2 * Z, act=nn.ReLU), dense(Z, 400, 784, act=nn.ReLU)
    opt = torch.optim.Adam([*enc.parameters(), *dec.parameters()], lr=1e-3)

    def step():
        opt.zero_grad(set_to_none=True)
        mu, logvar = enc(x).chunk(2, 1)
        z = mu + torch.exp(0.5 * logvar) * torch.randn(B, Z)
        rec = F.binary_cross_entropy_with_logits(dec(z), x, reduction="sum")
        kl = -0.5 * (1 + logvar - mu.square() - logvar.exp()).sum()
        ((rec + kl) / B).backward()
        opt.step()

    return step, B


def adams(G, D, lr=1e-3):
    return (
        torch.optim.Adam(G.parameters(), lr=lr, betas=(0.5, 0.999)),
        torch.optim.Adam(D.parameters(), lr=lr, betas=(0.5, 0.999)),
    )


def gan_2d():
    B = 256
    G, D = dense(2, 128, 128, 2, act=nn.ReLU), dense(2, 128, 128, 1, act=nn.ReLU)
    return gan_step(G, D, *adams(G, D), 2, torch.randn(B, 2), B), B


def gan_mlp():
    B = 128
    G, D = dense(64, 256, 512, 784, act=lambda: nn.LeakyReLU(0.2)), dense(
        784, 512, 256, 1, act=lambda: nn.LeakyReLU(0.2)
    )
    G = nn.Sequential(*G, nn.Tanh())
    return gan_step(G, D, *adams(G, D), 64, torch.rand(B, 784), B), B


def dcgan():
    B = 64
    G = nn.Sequential(
        nn.Linear(64, 7 * 7 * 64),
        nn.Unflatten(1, (64, 7, 7)),
        nn.BatchNorm2d(64),
        nn.ReLU(),
        nn.ConvTranspose2d(64, 32, 4, 2, 1),
        nn.BatchNorm2d(32),
        nn.ReLU(),
        nn.ConvTranspose2d(32, 1, 4, 2, 1),
        nn.Tanh(),
    )
    D = nn.Sequential(
        nn.Conv2d(1, 32, 4, 2, 1),
        nn.LeakyReLU(0.2),
        nn.Conv2d(32, 64, 4, 2, 1),
        nn.BatchNorm2d(64),
        nn.LeakyReLU(0.2),
        nn.Flatten(),
        nn.Linear(64 * 49, 1),
    )
    return gan_step(G, D, *adams(G, D, 2e-4), 64, torch.rand(B, 1, 28, 28), B), B


class Level(nn.Module):
    """Halves the sides, goes further down, comes up again; what was there before stands beside what comes back."""

    MAPS = (12, 24, 48, 48, 48)

    def __init__(self, k, levels, normed, noisy):
        super().__init__()
        here, below = self.MAPS[k], self.MAPS[k + 1]
        last = k == levels - 1
        inside = [nn.Conv2d(here, below, 4, 2, 1)]
        if normed and not last:
            inside.append(nn.BatchNorm2d(below))
        inside.append(nn.LeakyReLU(0.2))
        if not last:
            inside.append(Level(k + 1, levels, normed, noisy))
        inside.append(nn.ConvTranspose2d(below if last else 2 * below, here, 4, 2, 1))
        if normed:
            inside.append(nn.BatchNorm2d(here))
        if noisy and k >= levels - 2:
            inside.append(nn.Dropout(0.5))
        self.inside = nn.Sequential(*inside, nn.ReLU())

    def forward(self, x):
        return torch.cat((x, self.inside(x)), 1)


def unet(levels, normed, noisy):
    return nn.Sequential(
        nn.Conv2d(3, 12, 3, 1, 1),
        nn.LeakyReLU(0.2),
        Level(0, levels, normed, noisy),
        nn.Conv2d(24, 3, 3, 1, 1),
        nn.Tanh(),
    )


def pix2pix():
    B = 4
    G = unet(4, True, True)
    D = nn.Sequential(
        nn.Conv2d(6, 16, 4, 2, 1),
        nn.LeakyReLU(0.2),
        nn.Conv2d(16, 32, 4, 1, 1),
        nn.LeakyReLU(0.2),
        nn.Conv2d(32, 1, 4, 1, 1),
    )
    opt_g, opt_d = adams(G, D, 1e-3)
    x, y = torch.rand(B, 3, 32, 32), torch.rand(B, 3, 32, 32)
    bce = F.binary_cross_entropy_with_logits

    def step():
        fake = G(x)
        real_said, fake_said = D(torch.cat((x, y), 1)), D(torch.cat((x, fake.detach()), 1))
        opt_d.zero_grad(set_to_none=True)
        (
            0.5 * bce(real_said, torch.ones_like(real_said)) + 0.5 * bce(fake_said, torch.zeros_like(fake_said))
        ).backward()
        opt_d.step()
        for p in D.parameters():
            p.requires_grad_(False)
        opt_g.zero_grad(set_to_none=True)
        said = D(torch.cat((x, fake), 1))
        (bce(said, torch.ones_like(said)) + 30 * F.l1_loss(fake, y)).backward()
        opt_g.step()
        for p in D.parameters():
            p.requires_grad_(True)

    return step, B


def cyclegan():
    B = 4

    def patch():
        return nn.Sequential(
            nn.Conv2d(3, 16, 4, 2, 1),
            nn.LeakyReLU(0.2),
            nn.Conv2d(16, 32, 4, 2, 1),
            nn.LeakyReLU(0.2),
            nn.Conv2d(32, 64, 4, 1, 1),
            nn.LeakyReLU(0.2),
            nn.Conv2d(64, 1, 4, 1, 1),
        )

    G, H, DA, DB = unet(3, False, False), unet(3, False, False), patch(), patch()
    opt_g = torch.optim.Adam([*G.parameters(), *H.parameters()], lr=2e-4, betas=(0.5, 0.999))
    opt_d = torch.optim.Adam([*DA.parameters(), *DB.parameters()], lr=2e-4, betas=(0.5, 0.999))
    a, b = torch.rand(B, 3, 32, 32), torch.rand(B, 3, 32, 32)

    def ls(y, t):
        return (y - t).square().mean()

    def step():
        for p in (*DA.parameters(), *DB.parameters()):
            p.requires_grad_(False)
        opt_g.zero_grad(set_to_none=True)
        fake_b, fake_a = G(a), H(b)
        cycle = F.l1_loss(H(fake_b), a) + F.l1_loss(G(fake_a), b)
        stay = F.l1_loss(H(a), a) + F.l1_loss(G(b), b)
        (ls(DB(fake_b), 1) + ls(DA(fake_a), 1) + 5 * cycle + 3 * stay).backward()
        opt_g.step()
        for p in (*DA.parameters(), *DB.parameters()):
            p.requires_grad_(True)
        fake_a, fake_b = fake_a.detach(), fake_b.detach()
        opt_d.zero_grad(set_to_none=True)
        (0.5 * (ls(DB(b), 1) + ls(DB(fake_b), 0) + ls(DA(a), 1) + ls(DA(fake_a), 0))).backward()
        opt_d.step()

    return step, B


MODELS = {f.__name__: f for f in (linear_ae, deep_ae, vae, gan_2d, gan_mlp, dcgan, pix2pix, cyclegan)}
ready = {}
for line in sys.stdin:
    name, seconds = line.split()
    if name not in ready:
        ready[name] = MODELS[name]()
        for _ in range(5):
            ready[name][0]()
    step, batch = ready[name]
    step()  # what another model left in the caches is not this one's
    n, start = 0, time.perf_counter()
    while time.perf_counter() - start < float(seconds):
        step()
        n += 1
    print(n * batch / (time.perf_counter() - start), flush=True)
