import { SourcesPage } from "../../components/sources/sources-page.tsx";

export default function Page() {
  return <SourcesPage />;
}
