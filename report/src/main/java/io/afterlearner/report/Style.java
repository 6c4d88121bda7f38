package io.afterlearner.report;

/** The page's look; no font, picture or script from elsewhere. */
public final class Style {
    public static final String CSS = """
            :root { color-scheme: light dark; --paper: #fbfbf9; --card: #ffffff; --ink: #1d2433; --soft: #5d6677;
              --grid: #e6e8ec; --before: #b8722c; --after: #0f7b6c; --dot: #7a8aa8; }
            @media (prefers-color-scheme: dark) { :root { --paper: #12151c; --card: #1a1e27; --ink: #e8eaf0; --soft: #9aa4b8;
              --grid: #2b313d; --before: #e0a060; --after: #45c4ae; --dot: #6f80a3; } }
            * { box-sizing: border-box; }
            body { margin: 0; background: var(--paper); color: var(--ink);
              font: 15px/1.55 system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif; }
            main { max-width: 860px; margin: 0 auto; padding: 32px 24px 64px; }
            .brand { margin: 0; color: var(--soft); font-size: 13px; letter-spacing: .06em; }
            h1 { margin: 4px 0 8px; font-size: 30px; line-height: 1.2; overflow-wrap: anywhere; }
            h2 { margin: 0 0 6px; font-size: 17px; }
            .lead { margin: 0; font-size: 16px; max-width: 68ch; }
            .badge { display: inline-block; vertical-align: middle; padding: 2px 12px; border-radius: 99px; font-size: 14px;
              font-weight: 600; border: 1.5px solid currentColor; }
            .improved { color: var(--after); } .kept { color: var(--before); }
            .tiles { display: grid; grid-template-columns: repeat(auto-fit, minmax(185px, 1fr)); gap: 12px; margin: 24px 0; }
            .tile, section { background: var(--card); border: 1px solid var(--grid); border-radius: 10px; }
            .tile { padding: 14px 16px; }
            .tile b { display: block; font-size: 17px; white-space: nowrap; font-variant-numeric: tabular-nums; }
            .tile span { color: var(--soft); font-size: 13px; }
            section { padding: 20px 22px; margin: 0 0 16px; break-inside: avoid; }
            .legend { margin: 0 0 12px; color: var(--soft); font-size: 14px; max-width: 76ch; }
            svg { display: block; width: 100%; height: auto; }
            svg text { fill: var(--ink); font-size: 12.5px; font-variant-numeric: tabular-nums; }
            svg .tick, svg .axis { fill: var(--soft); font-size: 12px; }
            svg .value { font-weight: 600; }
            .grid { stroke: var(--grid); stroke-width: 1; }
            .dot { fill: var(--dot); fill-opacity: .55; } .far { fill-opacity: .25; }
            .baseline { stroke: var(--before); stroke-width: 2; stroke-dasharray: 6 4; }
            .best { fill: none; stroke: var(--after); stroke-width: 2.5; stroke-linejoin: round; }
            .whisker { stroke-width: 2.5; stroke-linecap: round; opacity: .7; }
            .whisker.before { stroke: var(--before); } .whisker.after { stroke: var(--after); }
            .mark.before { fill: var(--card); stroke: var(--before); stroke-width: 2.5; } .mark.after { fill: var(--after); }
            .bar { fill: var(--after); }
            .key { display: inline-block; margin: 0 6px 0 14px; vertical-align: middle; }
            .legend .key:first-child { margin-left: 0; }
            .dotkey { width: 8px; height: 8px; border-radius: 50%; background: var(--dot); }
            .bestkey { width: 22px; border-top: 2.5px solid var(--after); }
            .basekey { width: 22px; border-top: 2.5px dashed var(--before); }
            .beforekey { width: 10px; height: 10px; border-radius: 50%; border: 2.5px solid var(--before); }
            .afterkey { width: 10px; height: 10px; border-radius: 50%; background: var(--after); }
            table { width: 100%; border-collapse: collapse; font-size: 13.5px; }
            th { text-align: left; font-weight: 500; color: var(--soft); white-space: nowrap; padding: 5px 18px 5px 0;
              vertical-align: top; }
            td { padding: 5px 0; overflow-wrap: anywhere; font-variant-numeric: tabular-nums; }
            tr + tr > * { border-top: 1px solid var(--grid); }
            """;

    private Style() {}
}
