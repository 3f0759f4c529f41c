"""職員の表の移り変わり — migrations of the staff room."""
