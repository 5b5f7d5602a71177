// SPDX-License-Identifier: Apache-2.0
// Draws the panels of a Grafana dashboard, with Grafana's own components, from the data of a Prometheus.
import React from 'react';
import { createRoot } from 'react-dom/client';
import 'uplot/dist/uPlot.min.css';
import {
  createTheme,
  FieldType,
  fieldReducers,
  getDisplayProcessor,
  reduceField,
  toDataFrame,
} from '@grafana/data';
import { BigValue, BigValueColorMode, BigValueGraphMode, GlobalStyles, LegendDisplayMode, ThemeContext, TimeSeries } from '@grafana/ui';

const { dashboard, prometheus, from, to, step } = window.input;
const theme = createTheme({ colors: { mode: 'light' } });
const CELL = { width: 62, height: 30, gap: 8 };
const TITLE = 28;
const BORDER = 2;

// The variables of the dashboard, as Grafana would set them.
function withVariables(expression) {
  return expression
    .replaceAll('$instance', '.*')
    .replaceAll('$__rate_interval', `${4 * step}s`)
    .replaceAll('$__range', `${Math.round(to - from)}s`);
}

async function query(target) {
  const parameters = new URLSearchParams({ query: withVariables(target.expr), start: from, end: to, step });
  const answer = await (await fetch(`${prometheus}/api/v1/query_range?${parameters}`)).json();
  if (answer.status !== 'success') {
    throw new Error(`${target.expr}: ${answer.error}`);
  }
  return answer.data.result.map((series) => toFrame(series, target.legendFormat));
}

function toFrame(series, legend) {
  const name = legend.replace(/{{(\w+)}}/g, (_, label) => series.metric[label] ?? '');
  // Each moment has a value or null, as in Grafana, so that a pause shows as a gap.
  const values = new Map(series.values.map(([time, value]) => [time, Number(value)]));
  const times = Array.from({ length: Math.floor((to - from) / step) + 1 }, (_, i) => from + i * step);
  return toDataFrame({
    fields: [
      { name: 'Time', type: FieldType.time, values: times.map((time) => time * 1000) },
      { name, type: FieldType.number, values: times.map((time) => values.get(time) ?? null), config: { displayName: name } },
    ],
  });
}

function configured(panel, frames) {
  const defaults = panel.fieldConfig?.defaults;
  return frames.map((frame, index) => ({
    ...frame,
    refId: String(index),
    fields: frame.fields.map((field) => {
      const config = field.type === FieldType.time ? field.config : { ...defaults, ...field.config };
      const { min, max } = reduceField({ field, reducers: ['min', 'max'] });
      const next = { ...field, config, state: { seriesIndex: index, range: { min, max, delta: max - min } } };
      next.display = getDisplayProcessor({ field: next, theme, timeZone: 'utc' });
      return next;
    }),
  }));
}

function Stat({ panel, frames, width, height }) {
  const field = frames[0]?.fields[1];
  const value = field ? fieldReducers.get('lastNotNull').reduce(field, true, true).lastNotNull : null;
  const display = field ? field.display(value) : { text: 'no data', numeric: NaN };
  const sparkline = field && { y: field, x: frames[0].fields[0] };
  return (
    <BigValue
      value={display}
      sparkline={sparkline}
      colorMode={panel.options.colorMode === 'value' ? BigValueColorMode.Value : BigValueColorMode.BackgroundSolid}
      graphMode={BigValueGraphMode.Area}
      width={width}
      height={height}
      theme={theme}
    />
  );
}

function Series({ panel, frames, width, height }) {
  if (frames.length === 0) {
    return <div style={{ color: theme.colors.text.secondary, padding: 16 }}>No data</div>;
  }
  return (
    <TimeSeries
      frames={frames}
      timeRange={{ from: new Date(from * 1000), to: new Date(to * 1000), raw: { from: '', to: '' } }}
      timeZone="utc"
      width={width}
      height={height}
      legend={{ displayMode: LegendDisplayMode.List, placement: 'bottom', showLegend: true, calcs: [] }}
    />
  );
}

function Panel({ panel, frames }) {
  const { x, y, w, h } = panel.gridPos;
  const box = { left: x * CELL.width, top: y * CELL.height, width: w * CELL.width - CELL.gap, height: h * CELL.height - CELL.gap };
  if (panel.type === 'row') {
    return <h4 style={{ ...box, position: 'absolute', margin: 0 }}>{panel.title}</h4>;
  }
  const Drawing = panel.type === 'stat' ? Stat : Series;
  const border = `1px solid ${theme.colors.border.weak}`;
  return (
    <div style={{ ...box, position: 'absolute', background: theme.colors.background.primary, border, borderRadius: 2 }}>
      <div style={{ font: `500 14px ${theme.typography.fontFamily}`, height: TITLE, padding: '5px 8px' }}>{panel.title}</div>
      <Drawing panel={panel} frames={frames} width={box.width - BORDER} height={box.height - TITLE - BORDER} />
    </div>
  );
}

const panels = await Promise.all(
  dashboard.panels.map(async (panel) => {
    const frames = (await Promise.all((panel.targets ?? []).map(query))).flat();
    return { panel, frames: configured(panel, frames) };
  })
);
createRoot(document.getElementById('dashboard')).render(
  <ThemeContext.Provider value={theme}>
    <GlobalStyles />
    {panels.map(({ panel, frames }) => (
      <Panel key={panel.id} panel={panel} frames={frames} />
    ))}
  </ThemeContext.Provider>
);
