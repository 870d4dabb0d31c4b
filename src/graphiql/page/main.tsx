// oxlint-disable import/no-unassigned-import -- stylesheets and workers have nothing to be assigned
import 'graphiql/setup-workers/vite';
import 'graphiql/style.css';
import '@graphiql/plugin-explorer/style.css';
import './page.css';
import { createRoot } from 'react-dom/client';
import type { SignedCaller } from '../signedCaller.ts';
import { Page } from './page.tsx';
import { mendRoles } from './roles.ts';

const response = await fetch('/graphiql/callers');
const callers = (await response.json()) as readonly SignedCaller[];
const page = document.querySelector('#page')!;
createRoot(page).render(<Page callers={callers} />);
mendRoles(page);
