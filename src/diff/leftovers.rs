pub(super) fn pair(_: super::align::Trees<'_, '_>, _: &super::likeness::Likeness, _: &mut super::align::Pairs) {}
