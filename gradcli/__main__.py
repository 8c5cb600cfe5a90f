"""The start of the program: Ctrl-C is looked after before anything large is imported."""

from gradcli.interrupts import end_when_interrupted


def main() -> None:
    """Run the program and exit: 0 done, 1 the mathematics or output failed, 2 the input is wrong, 130 interrupted."""
    end_when_interrupted()
    from gradcli.program import run

    run()


if __name__ == "__main__":
    main()
