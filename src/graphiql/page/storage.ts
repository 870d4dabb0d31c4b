/**
 * What GraphiQL remembers, under a name of its own: whatever else a developer has opened on this port has left its tabs there.
 * Queries carry names of children, so outside development nothing is kept beyond the browser's tab.
 */
export function openStorage(isDevelopment: boolean) {
  const storage = isDevelopment ? localStorage : sessionStorage;
  const prefix = 'timeback-graph/';
  const ownKeys = () => Object.keys(storage).filter((key) => key.startsWith(prefix));
  return {
    get length() {
      return ownKeys().length;
    },
    getItem: (key: string) => storage.getItem(prefix + key),
    setItem: (key: string, value: string) => storage.setItem(prefix + key, value),
    removeItem: (key: string) => storage.removeItem(prefix + key),
    clear() {
      for (const key of ownKeys()) storage.removeItem(key);
    },
  };
}
