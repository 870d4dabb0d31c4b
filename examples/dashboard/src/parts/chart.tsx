import { plot, type PlotOptions } from '@observablehq/plot';
import { useLayoutEffect, useRef, useState } from 'react';

export interface ChartProps {
  /** What one would say about it to somebody who does not see it. */
  readonly label: string;
  readonly draw: (width: number) => PlotOptions;
}

/** A picture as wide as its place. */
export function Chart({ label, draw }: ChartProps) {
  const place = useRef<HTMLDivElement>(null);
  const [width, setWidth] = useState(0);
  useLayoutEffect(() => {
    const observer = new ResizeObserver(([entry]) => setWidth(Math.round(entry!.contentRect.width)));
    observer.observe(place.current!);
    return () => observer.disconnect();
  }, []);
  useLayoutEffect(() => {
    if (width === 0) return undefined;
    const picture = plot({ width, style: { fontSize: '12px', fontFamily: 'inherit' }, ...draw(width) });
    // The label speaks for all of it; otherwise, every tick of the axes would be read out.
    picture.setAttribute('aria-hidden', 'true');
    place.current!.replaceChildren(picture);
    return () => picture.remove();
  }, [width, draw]);
  return <div className="chart" role="img" aria-label={label} ref={place} />;
}
