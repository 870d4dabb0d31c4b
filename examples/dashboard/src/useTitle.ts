import { useEffect, useRef } from 'react';

/** Whoever does not see the page change hears its new heading: it takes the focus, as on a page that was loaded. */
export function useTitle(title: string | undefined) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    document.title = title === undefined ? 'TimeBack dashboard' : `${title} – TimeBack`;
  }, [title]);
  useEffect(() => heading.current?.focus({ preventScroll: true }), []);
  return heading;
}
