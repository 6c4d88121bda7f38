"""Makes everything in this folder: a catalogue of items, and a small ranking model trained on the taste of earlier users."""

import csv
import hashlib
from pathlib import Path

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

HERE = Path(__file__).parent
ITEMS, FEATURES, HIDDEN = 300, 6, 8
# What the users of the training data liked. Those who come now like something else: Taste.java.
TRAINED = np.array([0.9, 0.6, 0.3, -0.3, 0.0, 0.2])
KEPT = 0.6


def standardised(a):
    return (a - a.mean(0)) / a.std(0)


def layer(rng, features):
    """A random hidden layer whose units have mean 0 and a spread of 1 over the catalogue, and its bias."""
    weight = rng.normal(size=(FEATURES, HIDDEN)) / np.sqrt(FEATURES)
    bias = rng.normal(scale=0.3, size=HIDDEN)
    return weight.astype(np.float32), bias.astype(np.float32), np.tanh(features @ weight + bias)


def fitted(hidden, target):
    """Ridge regression, and what the score's spread is divided by so that it is 1."""
    head = np.linalg.solve(hidden.T @ hidden + 3 * np.eye(HIDDEN), hidden.T @ target)
    return (head / (hidden @ head).std()).astype(np.float32)


def model(weight, bias, head, gate, threshold):
    """features -> scores, and kept: whether an item is worth being scored by the costly ranker behind this one."""
    constant = lambda name, array: numpy_helper.from_array(np.asarray(array, np.float32), name)
    nodes = [
        helper.make_node("MatMul", ["features", "hidden.weight"], ["weighted"]),
        helper.make_node("Add", ["weighted", "hidden.bias"], ["biased"]),
        helper.make_node("Tanh", ["biased"], ["hidden"]),
        helper.make_node("MatMul", ["hidden", "head.weight"], ["scores"]),
        helper.make_node("MatMul", ["features", "gate.weight"], ["promise"]),
        helper.make_node("Greater", ["promise", "gate.threshold"], ["passes"]),
        helper.make_node("Cast", ["passes"], ["kept"], to=TensorProto.FLOAT),
    ]
    tensor = lambda name: helper.make_tensor_value_info(name, TensorProto.FLOAT, ["items", 1])
    graph = helper.make_graph(
        nodes,
        "ranker",
        [helper.make_tensor_value_info("features", TensorProto.FLOAT, ["items", FEATURES])],
        [tensor("scores"), tensor("kept")],
        [
            constant("hidden.weight", weight),
            constant("hidden.bias", bias),
            constant("head.weight", head[:, None]),
            constant("gate.weight", gate[:, None]),
            constant("gate.threshold", [threshold]),
        ],
    )
    made = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], producer_name="make.py")
    made.ir_version = 8
    onnx.checker.check_model(made)
    return made


def main():
    rng = np.random.default_rng(4)
    features = np.round(standardised(rng.normal(size=(ITEMS, FEATURES))), 3).astype(np.float32)
    weight, bias, hidden = layer(rng, features)
    head = fitted(hidden, features @ TRAINED + rng.normal(scale=0.3, size=ITEMS))
    # The gate knows popularity, which is a part of any taste.
    gate = rng.normal(size=FEATURES)
    gate = (gate / np.linalg.norm(gate)).astype(np.float32)
    threshold = np.quantile(features @ gate, 1 - KEPT)
    (HERE / "ranker.onnx").write_bytes(model(weight, bias, head, gate, threshold).SerializeToString())
    with open(HERE / "catalogue.csv", "w", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows(np.round(features.astype(float), 3).tolist())
    print("head", np.round(head, 3), "threshold", round(float(threshold), 3))
    print("sha256", hashlib.sha256((HERE / "ranker.onnx").read_bytes()).hexdigest())


main()
